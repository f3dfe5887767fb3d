-- Counts over all sources: those of the writers added.
-- reads: agg_day
-- writes: agg_day
create view agg_day as
select
    date,
    sum(sources)::integer as sources,
    sum(observed_sources)::integer as observed_sources,
    sum(articles)::integer as articles,
    sum(observed_articles)::integer as observed_articles,
    sum(tagging_sources)::integer as tagging_sources,
    sum(tagging_articles)::integer as tagging_articles,
    sum(tagged_articles)::integer as tagged_articles
from lake.agg_day
group by date;
