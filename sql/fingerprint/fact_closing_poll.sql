-- Counts and hashes the rows of fact_closing_poll.
-- reads: dim_source, fact_closing_poll
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.polled_at, fact.state, fact.updated_at, fact.rows
    ))::hugeint), 0)::text as hash
from fact_closing_poll as fact
join dim_source as source on source.source_id = fact.source_id;
