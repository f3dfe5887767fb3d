-- Counts and hashes the rows of agg_topic_day.
-- reads: agg_topic_day, dim_tag
select
    count(*) as rows,
    coalesce(sum(hash((
        fact.posted_date, tag.folded, fact.articles, fact.leaf_articles, fact.stories, fact.observed_articles,
        fact.observed_leaf_articles, fact.observed_stories
    ))::hugeint), 0)::text as hash
from agg_topic_day as fact
join dim_tag as tag on tag.tag_id = fact.tag_id;
