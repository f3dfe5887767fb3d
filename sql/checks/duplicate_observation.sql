-- Finds places with more than one observation of one provider by one method at the same instant.
-- level: fail
-- reads: fact_weather_observation
select provider, place, observed_at
from fact_weather_observation
where observed_at is not null
group by provider, place, place_id, method, observed_at
having count(*) > 1;
