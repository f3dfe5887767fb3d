-- The rows of fact_weather_forecast by month of valid_date.
-- reads: fact_weather_forecast
select coalesce(strftime(own.valid_date, '%Y-%m'), 'none') as lake_month, own.* from fact_weather_forecast as own
