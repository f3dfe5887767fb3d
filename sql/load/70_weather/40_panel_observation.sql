-- Rebuilds the panel observations inside the panel windows: consecutive equal readings are one interval, a reading that
-- returns later is a new one. Readings of unknown time are counted per value, without a time.
-- needs: stage_panel
-- reads: dim_source, new_fetch, panel_reading, panel_window, source_place
-- writes: fact_weather_observation
insert into fact_weather_observation by name
with timed as (
    select
        reading.source_id, panel_window.place, reading.captured_at, count(distinct reading.fetch_id) as pages,
        -- Where rows of one place disagree at one instant the topmost wins, whatever the order of loading.
        arg_min(
            {'condition': reading.condition, 'temp_f': reading.temp_f, 'feels_like_f': reading.feels_like_f},
            (reading.position, reading.temp_f, reading.feels_like_f, reading.condition)
        ) as shown
    from panel_reading as reading
    join panel_window
        on
            panel_window.source_id = reading.source_id
            and panel_window.place = coalesce(reading.place, '#' || reading.position)
    where
        reading.captured_at >= (select coalesce(min(from_at), 'infinity') from panel_window)
        and reading.captured_at >= panel_window.from_at and reading.captured_at <= panel_window.until_at
    group by reading.source_id, panel_window.place, reading.captured_at
),

untimed_place as (
    select distinct source_id, coalesce(place, '#' || position) as place
    from panel_reading
    where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch) and captured_at is null
),

untimed as (
    select
        reading.source_id, untimed_place.place, reading.fetch_id,
        arg_min(
            {'condition': reading.condition, 'temp_f': reading.temp_f, 'feels_like_f': reading.feels_like_f},
            (reading.position, reading.temp_f, reading.feels_like_f, reading.condition)
        ) as shown
    from panel_reading as reading
    join untimed_place
        on
            untimed_place.source_id = reading.source_id
            and untimed_place.place = coalesce(reading.place, '#' || reading.position)
    where reading.captured_at is null
    group by reading.source_id, untimed_place.place, reading.fetch_id
),

marked as (
    select
        source_id, place, captured_at, pages, shown,
        (row_number() over places = 1 or shown is distinct from lag(shown) over places) as is_start
    from timed
    window places as (partition by source_id, place order by captured_at)
),

numbered as (
    select
        source_id, place, captured_at, pages, shown,
        sum(is_start::integer) over (partition by source_id, place order by captured_at) as interval_no
    from marked
),

intervals as (
    select
        source_id, place, min(captured_at) as observed_at, max(captured_at) as until_at, any_value(shown) as shown,
        sum(pages)::bigint as page_count
    from numbered
    group by source_id, place, interval_no
    union all
    select source_id, place, null, null, shown, count(*) from untimed group by source_id, place, shown
)

select
    town.place_id, intervals.place, source.name as provider, 'panel' as method, intervals.observed_at,
    intervals.until_at, intervals.shown.condition as condition, intervals.shown.temp_f as temp_f,
    intervals.shown.feels_like_f as feels_like_f, intervals.page_count
from intervals
join dim_source as source on source.source_id = intervals.source_id
left join source_place as town
    on town.source_id = intervals.source_id and town.folded = lower(trim(intervals.place));
