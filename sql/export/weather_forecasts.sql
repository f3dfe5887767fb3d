-- Weather forecasts for export.
-- grain: one forecast of a place for a day, by month of that day
-- reads: dim_place, fact_weather_forecast
select
    strftime(forecast.valid_date, '%Y-%m') as month, town.place_key, forecast.place, forecast.provider,
    forecast.method, forecast.issued_at, forecast.valid_date, forecast.period, forecast.hi_f, forecast.lo_f,
    forecast.precip_pct
from fact_weather_forecast as forecast
left join dim_place as town on town.place_id = forecast.place_id
order by month, forecast.provider, forecast.place, forecast.valid_date, forecast.issued_at, forecast.period
