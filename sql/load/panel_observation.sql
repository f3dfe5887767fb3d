-- Equal readings in a row are one spell; one that returns after another is a new spell. Rows of unknown capture time
-- are kept apart, without a time.
insert into fact_weather_observation by name
with touched as (
    select distinct reading.source_id, coalesce(reading.place, '#' || reading.position) as place
    from panel_reading as reading
    join new_fetch on new_fetch.fetch_id = reading.fetch_id
),
readings as (
    select
        reading.source_id, touched.place, reading.captured_at, min(reading.fetch_id) as fetch_id,
        count(distinct reading.fetch_id) as pages,
        -- Where rows of one place disagree at one instant, the topmost speaks; no order of loading decides.
        arg_min(
            {'condition': reading.condition, 'temp_f': reading.temp_f, 'feels_like_f': reading.feels_like_f},
            (reading.position, reading.temp_f, reading.feels_like_f, reading.condition)
        ) as shown
    from panel_reading as reading
    join touched on
        touched.source_id = reading.source_id and touched.place = coalesce(reading.place, '#' || reading.position)
    group by
        reading.source_id, touched.place, reading.captured_at,
        case when reading.captured_at is null then reading.fetch_id end
),
marked as (
    select
        *,
        lag(fetch_id) over places is null
        or shown is distinct from lag(shown) over places as starts
    from readings
    window places as (partition by source_id, place, captured_at is null order by captured_at, fetch_id)
),
numbered as (
    select
        *,
        sum(starts::integer) over (partition by source_id, place, captured_at is null order by captured_at, fetch_id) as spell
    from marked
)
select
    alias.place_id, numbered.place, source.name as provider, 'panel' as method, min(numbered.captured_at) as observed_at,
    max(numbered.captured_at) as until_at, any_value(numbered.shown).condition as condition, any_value(numbered.shown).temp_f as temp_f,
    any_value(numbered.shown).feels_like_f as feels_like_f, sum(numbered.pages)::bigint as page_count
from numbered
join dim_source as source on source.source_id = numbered.source_id
left join source_place as alias on alias.source_id = numbered.source_id and alias.place = numbered.place
group by alias.place_id, source.name, numbered.source_id, numbered.place, numbered.captured_at is null, numbered.spell;
