-- The weather of a place in a month is that of one writer, the first that has any: spells of two do not mix.
-- reads: agg_weather_day
-- writes: agg_weather_day
create view agg_weather_day as
select own.* exclude (lake_writer, lake_month)
from lake.agg_weather_day as own
qualify lake_writer = min(lake_writer) over (partition by place_id, provider, method, lake_month);
