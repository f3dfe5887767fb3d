-- The weather of a place in a month is that of one writer, the first that has any: spells of two do not mix.
-- reads: fact_weather_forecast
-- writes: fact_weather_forecast
create view fact_weather_forecast as
select own.* exclude (lake_writer, lake_month)
from lake.fact_weather_forecast as own
qualify lake_writer = min(lake_writer) over (partition by place_id, place, provider, method, lake_month);
