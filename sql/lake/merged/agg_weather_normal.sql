-- The normal weather of a place is that of one writer, the first that has any: spells of two do not mix.
-- reads: agg_weather_normal
-- writes: agg_weather_normal
create view agg_weather_normal as
select own.* exclude (lake_writer, lake_month)
from lake.agg_weather_normal as own
qualify lake_writer = min(lake_writer) over (partition by place_id, provider, method);
