-- One row per forecast of a town and day.
-- reads: dim_place, fact_weather_forecast
-- writes: forecasts
create or replace view forecasts as
select
    coalesce(town.name, forecast.place) as place, town.state, forecast.place_id, forecast.provider, forecast.method,
    forecast.issued_at, forecast.valid_date, forecast.period, forecast.hi_f as high_f, forecast.lo_f as low_f,
    forecast.precip_pct, forecast.text
from fact_weather_forecast as forecast
left join dim_place as town on town.place_id = forecast.place_id;
