-- Weather observations for export.
-- grain: one interval of equal readings at a place, by month (UTC) in which it began
-- reads: dim_place, fact_weather_observation
select
    strftime(observation.observed_at, '%Y-%m') as month, town.place_key, observation.place, observation.provider,
    observation.method, observation.observed_at, observation.until_at, observation.condition, observation.temp_f,
    observation.feels_like_f, observation.dewpoint_f, observation.wind_mph, observation.gust_mph,
    observation.humidity_pct, observation.pressure_hpa, observation.precip_in, observation.page_count,
    observation.wind_deg, observation.visibility_mi, observation.kind, observation.is_precip_trace,
    observation.snow_in, observation.snow_depth_in
from fact_weather_observation as observation
left join dim_place as town on town.place_id = observation.place_id
order by month, observation.provider, observation.place, observation.observed_at
