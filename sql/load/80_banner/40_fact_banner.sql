-- Rebuilds the banners inside the page windows: intervals of consecutive pages that show one text. Banners on pages of
-- unknown time have no interval, only a page count.
-- needs: stage_banner, stage_page
-- reads: banner_sighting, fact_banner, page_exchange, page_window, untimed_source
-- writes: fact_banner, replaced_banner
create or replace temp table replaced_banner as
select known.source_id, known.from_at, known.until_at
from fact_banner as known
join page_window using (source_id)
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from page_window)
    and known.until_at >= page_window.from_at and known.from_at <= page_window.until_at;

delete from fact_banner as known
using page_window
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from page_window)
    and known.source_id = page_window.source_id
    and known.until_at >= page_window.from_at and known.from_at <= page_window.until_at;

delete from fact_banner where from_at is null and source_id in (select source_id from untimed_source);

insert into fact_banner by name
with bounds as materialized (
    select
        page_window.source_id, any_value(page_window.from_at) as window_from_at,
        any_value(page_window.until_at) as window_until_at,
        least(min(replaced.from_at), any_value(page_window.from_at)) as from_at,
        greatest(max(replaced.until_at), any_value(page_window.until_at)) as until_at
    from page_window
    left join replaced_banner as replaced using (source_id)
    group by page_window.source_id
),

-- Pages captured at the same instant count as one.
pages as materialized (
    select
        page.fetch_id, page.source_id, page.captured_at, bounds.window_from_at, bounds.window_until_at,
        dense_rank() over (partition by page.source_id order by page.captured_at) as page_no
    from page_exchange as page
    join bounds using (source_id)
    where
        page.captured_at >= (select coalesce(min(from_at), 'infinity') from bounds)
        and page.captured_at >= bounds.from_at and page.captured_at <= bounds.until_at
),

shown as materialized (
    select fetch_id, kind, text
    from banner_sighting
    where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from pages)
),

islands as (
    select
        pages.source_id, pages.captured_at, pages.window_from_at, pages.window_until_at, shown.kind, shown.text,
        pages.page_no
        - dense_rank() over (partition by pages.source_id, shown.kind, shown.text order by pages.page_no) as island
    from shown
    join pages using (fetch_id)
),

intervals as (
    select
        source_id, kind, text, min(captured_at) as from_at, max(captured_at) as until_at, count(*) as page_count,
        any_value(window_from_at) as window_from_at, any_value(window_until_at) as window_until_at
    from islands
    group by source_id, kind, text, island
)

select source_id, kind, text, from_at, until_at, page_count
from intervals
where until_at >= window_from_at and from_at <= window_until_at
union all
select page.source_id, banner.kind, banner.text, null, null, count(*)
from page_exchange as page
join untimed_source using (source_id)
join banner_sighting as banner using (fetch_id)
where page.captured_at is null
group by all;
