-- Counts and hashes the rows of agg_weather_day.
-- reads: agg_weather_day, dim_place
select
    count(*) as rows,
    coalesce(sum(hash((
        town.place_key, fact.date, fact.provider, fact.method, fact.observations, fact.max_temp_f, fact.min_temp_f,
        fact.max_feels_like_f, fact.min_feels_like_f, fact.max_gust_mph, fact.precip_in, fact.conditions,
        fact.is_precip_trace, fact.snow_in, fact.snow_depth_in
    ))::hugeint), 0)::text as hash
from agg_weather_day as fact
join dim_place as town on town.place_id = fact.place_id;
