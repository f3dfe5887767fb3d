-- Finds places with more than one observation of one provider at the same instant.
-- level: fail
-- reads: fact_weather_observation
select provider, place, observed_at
from fact_weather_observation
where observed_at is not null
group by all
having count(*) > 1;
