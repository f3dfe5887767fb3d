-- The places and local days whose panel forecasts this batch may change.
create or replace temp table panel_day as
select distinct
    source.source_id, source.name as provider, coalesce(reading.place, '#' || reading.position) as place,
    timezone(coalesce(source.zone, 'UTC'), reading.captured_at)::date as valid_date
from panel_reading as reading
join dim_source as source on source.source_id = reading.source_id
where reading.fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
and reading.captured_at is not null;
delete from fact_weather_forecast
where
    method = 'panel' and valid_date >= (select coalesce(min(valid_date), 'infinity') from panel_day)
    and (provider, place, valid_date) in (select provider, place, valid_date from panel_day);
