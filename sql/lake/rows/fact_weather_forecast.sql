-- The rows of fact_weather_forecast by month of valid_date.
-- reads: fact_weather_forecast, lake_place()
select
    coalesce(strftime(own.valid_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_place(own.place_id) as place_id)
from fact_weather_forecast as own
