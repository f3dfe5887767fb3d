-- Counts and hashes the rows of fact_weather_forecast.
-- reads: dim_place, fact_weather_forecast
select
    count(*) as rows,
    coalesce(sum(hash((
        town.place_key, fact.place, fact.provider, fact.method, fact.issued_at, fact.valid_date, fact.period,
        fact.hi_f, fact.lo_f, fact.precip_pct, fact.text
    ))::hugeint), 0)::text as hash
from fact_weather_forecast as fact
left join dim_place as town on town.place_id = fact.place_id;
