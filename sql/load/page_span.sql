-- The stretch of each source's pages whose spells of bars and forecast texts this batch may change: from the last page
-- before it to the first after it. Pages more than a week back are read only for sources that have none nearer.
create or replace temp table page_span as
with fresh as materialized (
    select source_id, min(captured_at) as first_at, max(captured_at) as last_at
    from page_look
    where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch) and captured_at is not null
    group by all
),
near as materialized (
    select
        fresh.source_id, max(look.captured_at) filter (look.captured_at < fresh.first_at) as before_at,
        min(look.captured_at) filter (look.captured_at > fresh.last_at) as after_at
    from page_look as look
    join fresh using (source_id)
    where look.captured_at >= (select coalesce(min(first_at), 'infinity') - interval 7 days from fresh)
    group by all
),
lonely as materialized (
    select fresh.* from fresh join near using (source_id) where near.before_at is null
),
far as (
    select lonely.source_id, max(look.captured_at) as before_at
    from page_look as look
    join lonely using (source_id)
    where
        look.captured_at < lonely.first_at
        and look.captured_at < (select coalesce(max(first_at), '-infinity') from lonely)
    group by all
)
select
    fresh.source_id, coalesce(near.before_at, far.before_at, fresh.first_at) as from_at,
    coalesce(near.after_at, fresh.last_at) as until_at
from fresh
left join near using (source_id)
left join far using (source_id);
create or replace temp table untimed_source as
select distinct source_id
from page_look
where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch) and captured_at is null;
