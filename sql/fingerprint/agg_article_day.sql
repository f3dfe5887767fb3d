-- Counts and hashes the rows of agg_article_day.
-- reads: agg_article_day, dim_source
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.posted_date, fact.origin_kind, fact.articles, fact.stories
    ))::hugeint), 0)::text as hash
from agg_article_day as fact
join dim_source as source on source.source_id = fact.source_id;
