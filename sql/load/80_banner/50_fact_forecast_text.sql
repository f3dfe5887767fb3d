-- Rebuilds the forecast texts inside the page windows: intervals of consecutive pages that show one text. Texts on
-- pages of unknown time have no interval, only a page count.
-- needs: stage_banner, stage_page
-- reads: fact_forecast_text, forecast_wording, page_exchange, page_window, untimed_source
-- writes: fact_forecast_text, replaced_forecast_text
create or replace temp table replaced_forecast_text as
select known.source_id, known.from_at, known.until_at
from fact_forecast_text as known
join page_window using (source_id)
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from page_window)
    and known.until_at >= page_window.from_at and known.from_at <= page_window.until_at;

delete from fact_forecast_text as known
using page_window
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from page_window)
    and known.source_id = page_window.source_id
    and known.until_at >= page_window.from_at and known.from_at <= page_window.until_at;

delete from fact_forecast_text where from_at is null and source_id in (select source_id from untimed_source);

insert into fact_forecast_text by name
with bounds as materialized (
    select
        page_window.source_id, any_value(page_window.from_at) as window_from_at,
        any_value(page_window.until_at) as window_until_at,
        least(min(replaced.from_at), any_value(page_window.from_at)) as from_at,
        greatest(max(replaced.until_at), any_value(page_window.until_at)) as until_at
    from page_window
    left join replaced_forecast_text as replaced using (source_id)
    group by page_window.source_id
),

-- Pages captured at the same instant count as one.
pages as (
    select
        page.source_id, page.captured_at, page.forecast_hash, bounds.window_from_at, bounds.window_until_at,
        dense_rank() over (partition by page.source_id order by page.captured_at) as page_no
    from page_exchange as page
    join bounds using (source_id)
    where
        page.captured_at >= (select coalesce(min(from_at), 'infinity') from bounds)
        and page.captured_at >= bounds.from_at and page.captured_at <= bounds.until_at
),

islands as (
    select
        source_id, captured_at, forecast_hash, window_from_at, window_until_at,
        page_no - dense_rank() over (partition by source_id, forecast_hash order by page_no) as island
    from pages
    where forecast_hash is not null
),

intervals as (
    select
        source_id, forecast_hash, min(captured_at) as from_at, max(captured_at) as until_at, count(*) as page_count,
        any_value(window_from_at) as window_from_at, any_value(window_until_at) as window_until_at
    from islands
    group by source_id, forecast_hash, island
    union all
    select page.source_id, page.forecast_hash, null, null, count(*), null, null
    from page_exchange as page
    join untimed_source using (source_id)
    where page.captured_at is null and page.forecast_hash is not null
    group by all
)

select
    intervals.source_id, intervals.forecast_hash as text_hash, wording.text, intervals.from_at, intervals.until_at,
    intervals.page_count
from intervals
join forecast_wording as wording using (forecast_hash)
where
    intervals.from_at is null
    or (intervals.until_at >= intervals.window_from_at and intervals.from_at <= intervals.window_until_at);
