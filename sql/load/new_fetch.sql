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
),
exchange as materialized (
    select staged.fetch_no, source.source_id, staged.url, staged.requested_at, staged.purpose
    from stage_fetch as staged
    join dim_source as source on source.name = staged.source
),
fresh as materialized (
    select min(fetch_no) as fetch_no
    from exchange
    where not exists (
        select 1
        from known
        where
            known.source_id = exchange.source_id
            and known.url = exchange.url
            and known.requested_at is not distinct from exchange.requested_at
            and known.purpose = exchange.purpose
    )
    group by source_id, url, requested_at, purpose
),
numbered as (
    select fetch_no, row_number() over (order by fetch_no) as number from fresh
)
select
    (select coalesce(max(fetch_id), 0) from fact_fetch) + numbered.number as fetch_id,
    source.source_id,
    source.zone,
    batch.batch_id,
    case
        when staged.requested_at < day.from_at then day.date - 1
        when staged.requested_at >= day.before_at then day.date + 1
        else day.date
    end as local_date,
    staged.*
from stage_fetch as staged
join numbered on numbered.fetch_no = staged.fetch_no
join stage_batch as batch on staged.fetch_no >= batch.from_no and staged.fetch_no < batch.before_no
join dim_source as source on source.name = staged.source
left join local_day as day
    on day.zone = coalesce(source.zone, 'UTC') and day.date = staged.requested_at::date;
