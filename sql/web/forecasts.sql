-- Returns the last forecasts for one town from the day $day on, one of each provider, day and period.
-- grain: one provider x valid day x period; degrees F
-- reads: dim_place, fact_weather_forecast
select
    forecast.valid_date, forecast.period, forecast.provider,
    arg_max(forecast.hi_f, forecast.issued_at) as hi_f,
    arg_max(forecast.lo_f, forecast.issued_at) as lo_f,
    arg_max(forecast.precip_pct, forecast.issued_at) as precip_pct,
    max(forecast.issued_at) as issued_at
from fact_weather_forecast as forecast
join dim_place as town on town.place_id = forecast.place_id
where town.place_key = $place_key::text and forecast.valid_date >= $day::date
group by forecast.valid_date, forecast.period, forecast.provider
order by forecast.valid_date, forecast.provider, forecast.period
