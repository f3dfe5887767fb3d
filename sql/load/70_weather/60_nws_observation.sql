-- Appends the weather service's observations that are not stored yet, one row per station, instant and place.
-- reads: dim_place, fact_weather_observation, new_fetch, stage_observation
-- writes: fact_weather_observation
insert into fact_weather_observation by name
with known as materialized (
    select place_id, provider, observed_at
    from fact_weather_observation
    where
        method = 'nws'
        and observed_at >= (select coalesce(min(observed_at), 'infinity') from stage_observation)
        and observed_at <= (select max(observed_at) from stage_observation)
)

select
    any_value(town.place_id) as place_id, coalesce(any_value(town.name), staged.station) as place,
    staged.station as provider, 'nws' as method, staged.observed_at, staged.observed_at as until_at,
    any_value(staged.condition) as condition, any_value(staged.temp_f) as temp_f,
    any_value(staged.feels_like_f) as feels_like_f, any_value(staged.dewpoint_f) as dewpoint_f,
    any_value(staged.wind_mph) as wind_mph, any_value(staged.gust_mph) as gust_mph,
    any_value(staged.humidity_pct) as humidity_pct, any_value(staged.pressure_hpa) as pressure_hpa,
    any_value(staged.precip_in) as precip_in, 1 as page_count
from stage_observation as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
left join dim_place as town on town.place_key = staged.place_key
where
    not exists (
        select 1
        from known
        where
            known.provider = staged.station and known.observed_at = staged.observed_at
            and known.place_id is not distinct from town.place_id
    )
group by staged.station, staged.observed_at, town.place_id;
