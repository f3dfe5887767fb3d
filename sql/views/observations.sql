-- Weather observations with a known time, as intervals of equal readings, with the town's name where it is known.
-- reads: dim_place, fact_weather_observation
-- writes: observations
create or replace view observations as
select
    town.name as place, town.state, observation.provider, observation.method, observation.observed_at,
    observation.until_at, observation.condition, observation.temp_f, observation.feels_like_f, observation.wind_mph,
    observation.wind_deg, observation.humidity_pct, observation.visibility_mi, observation.precip_in,
    observation.page_count
from fact_weather_observation as observation
left join dim_place as town on town.place_id = observation.place_id
where observation.observed_at is not null;
