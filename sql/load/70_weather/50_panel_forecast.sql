-- Recomputes the forecasts read from panels for the places and local days of this load. A panel's high and low are a
-- forecast for the rest of the local day it was captured on.
-- needs: stage_panel
-- reads: dim_source, new_fetch, panel_reading, source_place
-- writes: fact_weather_forecast, panel_day
create or replace temp table panel_day as
select distinct
    source.source_id, source.name as provider, coalesce(reading.place, '#' || reading.position) as place,
    new_fetch.local_date as valid_date
from panel_reading as reading
join new_fetch on new_fetch.fetch_id = reading.fetch_id
join dim_source as source on source.source_id = reading.source_id
where new_fetch.local_date is not null;

delete from fact_weather_forecast
where
    method = 'panel' and valid_date >= (select coalesce(min(valid_date), 'infinity') from panel_day)
    and (provider, place, valid_date) in (select provider, place, valid_date from panel_day);

insert into fact_weather_forecast by name
with near as materialized (
    select
        reading.source_id, coalesce(reading.place, '#' || reading.position) as place, reading.position,
        reading.captured_at, reading.hi_f, reading.lo_f,
        timezone(coalesce(source.zone, 'UTC'), reading.captured_at)::date as valid_date
    from panel_reading as reading
    join dim_source as source on source.source_id = reading.source_id
    where
        reading.source_id in (select source_id from panel_day)
        and reading.captured_at
        >= (select coalesce(min(valid_date), 'infinity')::timestamptz - interval 1 day from panel_day)
        and reading.captured_at <= (select max(valid_date)::timestamptz + interval 2 days from panel_day)
        and (reading.hi_f is not null or reading.lo_f is not null)
),

-- Where rows of one place disagree at one instant the topmost wins.
readings as (
    select
        near.source_id, near.place, near.captured_at, near.valid_date,
        arg_min({'hi_f': near.hi_f, 'lo_f': near.lo_f}, (near.position, near.hi_f, near.lo_f)) as shown
    from near
    semi join panel_day using (source_id, place, valid_date)
    group by all
),

marked as (
    select
        source_id, place, captured_at, valid_date, shown,
        (row_number() over days = 1 or shown is distinct from lag(shown) over days) as is_start
    from readings
    window days as (partition by source_id, place, valid_date order by captured_at)
)

select
    town.place_id, marked.place, source.name as provider, 'panel' as method, marked.captured_at as issued_at,
    marked.valid_date, 'rest of day' as period, marked.shown.hi_f as hi_f, marked.shown.lo_f as lo_f
from marked
join dim_source as source on source.source_id = marked.source_id
left join source_place as town on town.source_id = marked.source_id and town.folded = lower(trim(marked.place))
where marked.is_start;
