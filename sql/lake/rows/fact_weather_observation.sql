-- The rows of fact_weather_observation by month of observed_at.
-- reads: fact_weather_observation
select coalesce(strftime(own.observed_at, '%Y-%m'), 'none') as lake_month, own.* from fact_weather_observation as own
