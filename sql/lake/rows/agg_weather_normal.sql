-- The rows of agg_weather_normal, which has no month.
-- reads: agg_weather_normal
select 'all' as lake_month, own.* from agg_weather_normal as own
