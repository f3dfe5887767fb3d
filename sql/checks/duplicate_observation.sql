-- level: fail
-- One spell a place, provider and instant.
select provider, place, observed_at
from fact_weather_observation
where observed_at is not null
group by all
having count(*) > 1;
