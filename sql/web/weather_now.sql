-- Returns the latest reading of each place and provider, beside the temperatures of its other days.
-- grain: one place x provider with a reading in the three days up to $now; usual_* over 28 days, in degrees F
-- reads: agg_weather_day, dim_place, fact_weather_observation
with latest as (
    select place_id, provider, method, max(until_at) as until_at
    from fact_weather_observation
    where
        place_id is not null and temp_f is not null and observed_at is not null
        and until_at between $now::timestamptz - interval 3 days and $now::timestamptz
    group by all
),

usual as (
    select
        place_id, provider,
        round(avg(max_temp_f), 0) as usual_high_temp_f, round(avg(min_temp_f), 0) as usual_low_temp_f,
        count(distinct date) as usual_days
    from agg_weather_day
    where date >= $now::timestamptz::date - 28 and date < $now::timestamptz::date
    group by all
)

select
    town.name || ', ' || town.state as place,
    any_value(observation.temp_f) as temp_f, any_value(observation.feels_like_f) as feels_like_f,
    any_value(observation.condition) as condition,
    any_value(usual.usual_low_temp_f) as usual_low_temp_f, any_value(usual.usual_high_temp_f) as usual_high_temp_f,
    any_value(usual.usual_days) as usual_days, any_value(observation.wind_mph) as wind_mph,
    latest.until_at as read_at, latest.provider, latest.method
from latest
join fact_weather_observation as observation
    on
        observation.place_id = latest.place_id and observation.provider = latest.provider
        and observation.method = latest.method and observation.until_at = latest.until_at
join dim_place as town on town.place_id = latest.place_id
left join usual on usual.place_id = latest.place_id and usual.provider = latest.provider
group by town.name, town.state, latest.provider, latest.method, latest.until_at
order by place, latest.provider
