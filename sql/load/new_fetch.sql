-- The exchanges of this batch that are not loaded yet, with the key each gets; all else joins through here.
create or replace temp table new_fetch as
with known as materialized (
    select source_id, url, requested_at, purpose
    from fact_fetch
    where
        requested_at >= (select coalesce(min(requested_at), 'infinity') from stage_fetch)
        and requested_at <= (select max(requested_at) from stage_fetch)
    union all
    select source_id, url, requested_at, purpose
    from fact_fetch
    where requested_at is null and (select count(*) - count(requested_at) from stage_fetch) > 0
)
select
    (select coalesce(max(fetch_id), 0) from fact_fetch) + row_number() over (order by staged.fetch_no) as fetch_id,
    dim_source.source_id,
    dim_source.zone,
    batch.batch_id,
    timezone(coalesce(dim_source.zone, 'UTC'), staged.requested_at)::date as local_date,
    staged.*
from stage_fetch as staged
join stage_batch as batch on staged.fetch_no >= batch.from_no and staged.fetch_no < batch.before_no
join dim_source on dim_source.name = staged.source
where not exists (
    select 1
    from known
    where
        known.source_id = dim_source.source_id
        and known.url = staged.url
        and known.requested_at is not distinct from staged.requested_at
        and known.purpose = staged.purpose
)
qualify row_number() over (
    partition by dim_source.source_id, staged.url, staged.requested_at, staged.purpose order by staged.fetch_no
) = 1;
