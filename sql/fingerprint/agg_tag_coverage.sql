-- Counts and hashes the rows of agg_tag_coverage.
-- reads: agg_tag_coverage, dim_source
select
    count(*) as rows,
    coalesce(sum(hash((source.name, fact.date, fact.articles, fact.tagged_articles))::hugeint), 0)::text as hash
from agg_tag_coverage as fact
join dim_source as source on source.source_id = fact.source_id;
