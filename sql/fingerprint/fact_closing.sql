-- Counts and hashes the rows of fact_closing.
-- reads: dim_organisation, dim_source, fact_closing
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, organisation.folded, fact.effective_date, fact.status, fact.first_seen_at, fact.last_seen_at
    ))::hugeint), 0)::text as hash
from fact_closing as fact
join dim_source as source on source.source_id = fact.source_id
join dim_organisation as organisation on organisation.organisation_id = fact.organisation_id;
