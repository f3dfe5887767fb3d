-- The rows of agg_weather_day by month of date.
-- reads: agg_weather_day
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from agg_weather_day as own
