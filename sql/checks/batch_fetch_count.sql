-- Finds new batches whose number of exchanges differs from the number of rows in fact_fetch.
-- level: fail
-- reads: batch, fact_check, fact_fetch, first_unchecked_fetch()
with fresh as (
    select batch_id, count(*) as found
    from fact_fetch
    where fetch_id >= first_unchecked_fetch('batch_fetch_count')
    group by batch_id
)

select batch.batch_id, batch.fetches, coalesce(fresh.found, 0) as found
from batch
left join fresh on fresh.batch_id = batch.batch_id
where
    batch.loaded_at > coalesce(
        (select max(checked_at) from fact_check where name = 'batch_fetch_count' and faults = 0),
        timestamptz '-infinity'
    )
    and batch.fetches <> coalesce(fresh.found, 0);
