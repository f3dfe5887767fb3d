-- The places and local days whose panel forecasts this batch may change.
create or replace temp table panel_day as
select distinct
    source.source_id, source.name as provider, coalesce(reading.place, '#' || reading.position) as place,
    fetched.local_date as valid_date
from panel_reading as reading
join new_fetch as fetched on fetched.fetch_id = reading.fetch_id
join dim_source as source on source.source_id = reading.source_id
where fetched.local_date is not null;
delete from fact_weather_forecast
where
    method = 'panel' and valid_date >= (select coalesce(min(valid_date), 'infinity') from panel_day)
    and (provider, place, valid_date) in (select provider, place, valid_date from panel_day);
