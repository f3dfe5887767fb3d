-- Counts over all sources: those of the writers added.
-- reads: agg_topic_month
-- writes: agg_topic_month
create view agg_topic_month as
select
    month_date, tag_id,
    sum(articles)::integer as articles,
    sum(leaf_articles)::integer as leaf_articles,
    sum(stories)::integer as stories,
    sum(observed_articles)::integer as observed_articles,
    sum(observed_leaf_articles)::integer as observed_leaf_articles,
    sum(observed_stories)::integer as observed_stories
from lake.agg_topic_month
group by month_date, tag_id;
