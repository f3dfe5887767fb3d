-- Counts and hashes the rows of fact_weather_observation.
-- reads: dim_place, fact_weather_observation
select
    count(*) as rows,
    coalesce(sum(hash((
        town.place_key, fact.place, fact.provider, fact.method, fact.observed_at, fact.until_at, fact.condition,
        fact.temp_f, fact.feels_like_f, fact.dewpoint_f, fact.wind_mph, fact.gust_mph, fact.humidity_pct,
        fact.pressure_hpa, fact.precip_in, fact.page_count, fact.wind_deg, fact.visibility_mi, fact.kind,
        fact.is_precip_trace, fact.snow_in, fact.snow_depth_in
    ))::hugeint), 0)::text as hash
from fact_weather_observation as fact
left join dim_place as town on town.place_id = fact.place_id;
