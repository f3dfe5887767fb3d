-- Finds exchanges stored more than once: among the new ones, and between them and the older ones.
-- level: fail
-- reads: fact_fetch, first_unchecked_fetch()
with fresh as (
    select source_id, url, requested_at, purpose, count(*) as rows
    from fact_fetch
    where fetch_id >= first_unchecked_fetch('duplicate_fetch')
    group by all
)

select fresh.source_id, fresh.url, fresh.requested_at, fresh.purpose
from fresh
where fresh.rows > 1
union all
select fresh.source_id, fresh.url, fresh.requested_at, fresh.purpose
from fresh
join fact_fetch as earlier
    on
        earlier.source_id = fresh.source_id
        and earlier.requested_at = fresh.requested_at
        and earlier.url = fresh.url
        and earlier.purpose = fresh.purpose
where earlier.fetch_id < first_unchecked_fetch('duplicate_fetch');
