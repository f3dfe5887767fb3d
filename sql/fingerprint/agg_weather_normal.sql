-- Counts and hashes the rows of agg_weather_normal.
-- reads: agg_weather_normal, dim_place
select
    count(*) as rows,
    coalesce(sum(hash((
        town.place_key, fact.provider, fact.method, fact.month, fact.day, fact.years, fact.low_f, fact.high_f,
        fact.lows, fact.highs
    ))::hugeint), 0)::text as hash
from agg_weather_normal as fact
join dim_place as town on town.place_id = fact.place_id;
