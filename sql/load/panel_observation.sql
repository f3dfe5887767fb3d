-- Equal readings in a row are one spell; one that returns after another is a new spell. Rows of unknown capture time
-- are kept apart, each page its own, without a time.
insert into fact_weather_observation by name
with timed as (
    select
        reading.source_id, span.place, reading.captured_at, 0 as page,
        count(distinct reading.fetch_id) as pages,
        -- Where rows of one place disagree at one instant, the topmost speaks; no order of loading decides.
        arg_min(
            {'condition': reading.condition, 'temp_f': reading.temp_f, 'feels_like_f': reading.feels_like_f},
            (reading.position, reading.temp_f, reading.feels_like_f, reading.condition)
        ) as shown
    from panel_reading as reading
    join panel_span as span
        on span.source_id = reading.source_id and span.place = coalesce(reading.place, '#' || reading.position)
    where
        reading.captured_at >= (select coalesce(min(from_at), 'infinity') from panel_span)
        and reading.captured_at >= span.from_at and reading.captured_at <= span.until_at
    group by reading.source_id, span.place, reading.captured_at
),
fresh_untimed as (
    select distinct source_id, coalesce(place, '#' || position) as place
    from panel_reading
    where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch) and captured_at is null
),
untimed as (
    select
        reading.source_id, fresh.place, null::timestamptz as captured_at, reading.fetch_id as page, 1 as pages,
        arg_min(
            {'condition': reading.condition, 'temp_f': reading.temp_f, 'feels_like_f': reading.feels_like_f},
            (reading.position, reading.temp_f, reading.feels_like_f, reading.condition)
        ) as shown
    from panel_reading as reading
    join fresh_untimed as fresh
        on fresh.source_id = reading.source_id and fresh.place = coalesce(reading.place, '#' || reading.position)
    where reading.captured_at is null
    group by reading.source_id, fresh.place, reading.fetch_id
),
marked as (
    select
        *, row_number() over places = 1 or shown is distinct from lag(shown) over places as starts
    from timed
    window places as (partition by source_id, place order by captured_at)
),
numbered as (
    select *, sum(starts::integer) over (partition by source_id, place order by captured_at) as spell
    from marked
),
spells as (
    select
        source_id, place, min(captured_at) as observed_at, max(captured_at) as until_at, any_value(shown) as shown,
        sum(pages)::bigint as page_count
    from numbered
    group by source_id, place, spell
    union all
    select source_id, place, null, null, shown, count(*) from untimed group by source_id, place, shown
)
select
    town.place_id, spells.place, source.name as provider, 'panel' as method, spells.observed_at, spells.until_at,
    spells.shown.condition as condition, spells.shown.temp_f as temp_f, spells.shown.feels_like_f as feels_like_f,
    spells.page_count
from spells
join dim_source as source on source.source_id = spells.source_id
left join source_place as town on town.source_id = spells.source_id and town.folded = lower(trim(spells.place));
