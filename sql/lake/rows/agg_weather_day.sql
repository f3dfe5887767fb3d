-- The rows of agg_weather_day by month of date.
-- reads: agg_weather_day, lake_place()
select
    coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from agg_weather_day as own
