-- One row per forecast high or low of a day whose weather is known as a whole.
-- reads: dim_place, fact_weather_forecast, weather_by_day
-- writes: forecast_errors
create or replace view forecast_errors as
select
    town.name as place, town.state, forecast.provider, forecast.method, forecast.issued_at, forecast.valid_date,
    forecast.valid_date - timezone(town.zone, forecast.issued_at)::date as lead_days, forecast.period, found.kind,
    found.forecast_f, found.observed_f, found.forecast_f - found.observed_f as error_f
from fact_weather_forecast as forecast
join dim_place as town on town.place_id = forecast.place_id
join weather_by_day as day
    on day.place_id = forecast.place_id and day.date = forecast.valid_date and day.is_whole
cross join
    unnest([
        {'kind': 'high', 'forecast_f': forecast.hi_f, 'observed_f': day.high_f},
        {'kind': 'low', 'forecast_f': forecast.lo_f, 'observed_f': day.low_f}
    ]) as extremes (found)
where found.forecast_f is not null and found.observed_f is not null and forecast.issued_at is not null;
