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
        reading.source_id, touched.place, reading.captured_at, reading.fetch_id, reading.condition, reading.temp_f,
        reading.feels_like_f
    from panel_reading as reading
    join touched on
        touched.source_id = reading.source_id and touched.place = coalesce(reading.place, '#' || reading.position)
),
marked as (
    select
        *,
        lag(fetch_id) over places is null
        or (temp_f, feels_like_f, condition) is distinct from (
            lag(temp_f) over places, lag(feels_like_f) over places, lag(condition) over places
        ) as starts
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
    max(numbered.captured_at) as until_at, any_value(numbered.condition) as condition, any_value(numbered.temp_f) as temp_f,
    any_value(numbered.feels_like_f) as feels_like_f, count(distinct numbered.fetch_id) as page_count
from numbered
join dim_source as source on source.source_id = numbered.source_id
left join source_place as alias on alias.source_id = numbered.source_id and alias.place = numbered.place
group by alias.place_id, source.name, numbered.source_id, numbered.place, numbered.captured_at is null, numbered.spell;
