-- The rows of agg_weather_normal, which has no month.
-- reads: agg_weather_normal, lake_place()
select
    'all' as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from agg_weather_normal as own
