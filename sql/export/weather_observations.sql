-- grain: one spell of equal readings at a place, by month (UTC) in which it began
select
    strftime(seen.observed_at, '%Y-%m') as month, town.place_key, seen.place, seen.provider, seen.method, seen.observed_at,
    seen.until_at, seen.condition, seen.temp_f, seen.feels_like_f, seen.dewpoint_f, seen.wind_mph, seen.gust_mph,
    seen.humidity_pct, seen.pressure_hpa, seen.precip_in, seen.page_count
from fact_weather_observation as seen
left join dim_place as town on town.place_id = seen.place_id
order by month, seen.provider, seen.place, seen.observed_at
