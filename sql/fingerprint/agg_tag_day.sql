-- Counts and hashes the rows of agg_tag_day.
-- reads: agg_tag_day, dim_source, dim_tag
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, tag.folded, fact.posted_date, fact.articles, fact.leaf_articles, fact.local_articles,
        fact.stories, fact.source_stories
    ))::hugeint), 0)::text as hash
from agg_tag_day as fact
join dim_source as source on source.source_id = fact.source_id
join dim_tag as tag on tag.tag_id = fact.tag_id;
