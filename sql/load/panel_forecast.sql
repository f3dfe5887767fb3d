-- A panel's high and low are forecasts for what is left of the local day it was captured on.
insert into fact_weather_forecast by name
with touched as (
    select distinct reading.source_id, coalesce(reading.place, '#' || reading.position) as place
    from panel_reading as reading
    join new_fetch on new_fetch.fetch_id = reading.fetch_id
),
readings as (
    select
        reading.source_id, touched.place, reading.captured_at, reading.fetch_id, reading.hi_f, reading.lo_f,
        timezone(coalesce(source.zone, 'UTC'), reading.captured_at)::date as valid_date
    from panel_reading as reading
    join dim_source as source on source.source_id = reading.source_id
    join touched on
        touched.source_id = reading.source_id and touched.place = coalesce(reading.place, '#' || reading.position)
    where reading.captured_at is not null and (reading.hi_f is not null or reading.lo_f is not null)
),
marked as (
    select
        *,
        (hi_f, lo_f) is distinct from (lag(hi_f) over places, lag(lo_f) over places) or lag(fetch_id) over places is null as starts
    from readings
    window places as (partition by source_id, place, valid_date order by captured_at, fetch_id)
)
select
    alias.place_id, marked.place, source.name as provider, 'panel' as method, marked.captured_at as issued_at,
    marked.valid_date, 'rest of day' as period, marked.hi_f, marked.lo_f
from marked
join dim_source as source on source.source_id = marked.source_id
left join source_place as alias on alias.source_id = marked.source_id and alias.place = marked.place
where marked.starts
qualify row_number() over (
    partition by marked.place, source.name, marked.captured_at, marked.valid_date order by marked.fetch_id
) = 1;
