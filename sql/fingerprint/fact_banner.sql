-- Counts and hashes the rows of fact_banner.
-- reads: dim_source, fact_banner
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.kind, fact.text, fact.from_at, fact.until_at, fact.page_count
    ))::hugeint), 0)::text as hash
from fact_banner as fact
join dim_source as source on source.source_id = fact.source_id;
