-- Computes, per source, the time window in which this load can change banners and forecast texts: from the last page
-- before its first one to the first page after its last one. Also lists the sources with pages of unknown time.
-- needs: stage_banner, stage_page
-- reads: new_fetch, page_exchange
-- writes: page_window, untimed_source
create or replace temp table page_window as
with fresh as materialized (
    select source_id, min(captured_at) as first_at, max(captured_at) as last_at
    from page_exchange
    where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch) and captured_at is not null
    group by all
),

near as materialized (
    select
        fresh.source_id, max(page.captured_at) filter (page.captured_at < fresh.first_at) as before_at,
        min(page.captured_at) filter (page.captured_at > fresh.last_at) as after_at
    from page_exchange as page
    join fresh using (source_id)
    where page.captured_at >= (select coalesce(min(first_at), 'infinity') - interval 7 days from fresh)
    group by all
),

-- Pages more than a week back are read only for sources without a nearer one.
unbounded_source as materialized (
    select fresh.source_id, fresh.first_at from fresh join near using (source_id) where near.before_at is null
),

far as (
    select unbounded_source.source_id, max(page.captured_at) as before_at
    from page_exchange as page
    join unbounded_source using (source_id)
    where
        page.captured_at < unbounded_source.first_at
        and page.captured_at < (select coalesce(max(first_at), '-infinity') from unbounded_source)
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
from page_exchange
where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch) and captured_at is null;
