-- level: fail
-- One row an exchange, among those loaded anew and between them and what was there.
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
