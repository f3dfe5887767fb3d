-- The rows of fact_weather_observation by month of observed_at.
-- reads: fact_weather_observation, lake_place()
select
    coalesce(strftime(own.observed_at, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from fact_weather_observation as own
