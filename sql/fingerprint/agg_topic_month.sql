-- Counts and hashes the rows of agg_topic_month.
-- reads: agg_topic_month, dim_tag
select
    count(*) as rows,
    coalesce(sum(hash((
        fact.month_date, tag.folded, fact.articles, fact.leaf_articles, fact.stories, fact.observed_articles,
        fact.observed_leaf_articles, fact.observed_stories
    ))::hugeint), 0)::text as hash
from agg_topic_month as fact
join dim_tag as tag on tag.tag_id = fact.tag_id;
