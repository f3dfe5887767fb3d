-- Returns the observed weather of one town by local day and provider, up to $until; null where nothing was read.
-- grain: one provider of the town x one of the $days days up to $until; degrees F, miles per hour, inches
-- reads: agg_weather_day, dim_date, dim_place
with town as (
    select place_id from dim_place where place_key = $place_key::text
),

known as (
    select *
    from agg_weather_day
    where
        place_id in (select place_id from town)
        and date between $until::date - ($days::integer - 1) and $until::date
),

providers as (
    select distinct provider, method from known
)

select
    dim_date.date as period, providers.provider, providers.method,
    known.min_temp_f, known.max_temp_f, known.min_feels_like_f, known.max_gust_mph, known.precip_in,
    known.observations, known.conditions
from dim_date
cross join providers
left join known
    on known.date = dim_date.date and known.provider = providers.provider and known.method = providers.method
where dim_date.date between $until::date - ($days::integer - 1) and $until::date
order by providers.provider, providers.method, dim_date.date
