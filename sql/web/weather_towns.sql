-- Returns the towns with observed weather.
-- grain: one town, by name
-- reads: agg_weather_day, dim_place
select town.place_key, town.name || ', ' || town.state as town, max(weather.date) as last_date
from agg_weather_day as weather
join dim_place as town on town.place_id = weather.place_id
group by town.place_key, town.name, town.state
order by town
