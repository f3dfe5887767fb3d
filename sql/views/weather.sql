-- Observations of places that are known, as spells.
create or replace view weather as
select
    town.name as place, town.state, seen.provider, seen.method, seen.observed_at, seen.until_at, seen.condition, seen.temp_f,
    seen.feels_like_f, seen.wind_mph, seen.humidity_pct, seen.precip_in, seen.page_count
from fact_weather_observation as seen
left join dim_place as town on town.place_id = seen.place_id
where seen.observed_at is not null;
