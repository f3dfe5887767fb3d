-- Counts over all sources: those of the writers added.
-- reads: agg_topic_day
-- writes: agg_topic_day
create view agg_topic_day as
select
    posted_date, tag_id,
    sum(articles)::integer as articles,
    sum(leaf_articles)::integer as leaf_articles,
    sum(stories)::integer as stories,
    sum(observed_articles)::integer as observed_articles,
    sum(observed_leaf_articles)::integer as observed_leaf_articles,
    sum(observed_stories)::integer as observed_stories
from lake.agg_topic_day
group by posted_date, tag_id;
