select count(*) as rows, coalesce(sum(hash((
    town.place_key, fact.place, fact.provider, fact.method, fact.issued_at, fact.valid_date, fact.period,
    fact.hi_f, fact.lo_f, fact.precip_pct, fact.text
))::hugeint), 0)::text as content
from fact_weather_forecast as fact
left join dim_place as town on town.place_id = fact.place_id;
