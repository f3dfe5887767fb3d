-- The weather of a place in a month is that of one writer, the first that has any: spells of two do not mix.
-- reads: fact_weather_observation
-- writes: fact_weather_observation
create view fact_weather_observation as
select own.* exclude (lake_writer, lake_month)
from lake.fact_weather_observation as own
qualify lake_writer = min(lake_writer) over (partition by place_id, place, provider, method, lake_month);
