-- Adds the weather service's observations, one row per station, instant and place. Values can arrive after their
-- report, or be left out of a later one: of several readings of one report the one with the most values counts, of
-- equals the latest, in any order of loading; what it leaves out comes from another one.
-- needs: stage_observation
-- reads: dim_place, fact_weather_observation, new_fetch, stage_observation
-- writes: fact_weather_observation, station_report
create or replace temp table station_report as
with staged as materialized (
    select
        town.place_id, coalesce(town.name, observation.station) as place, observation.station, observation.observed_at,
        coalesce(new_fetch.requested_at, timestamptz '-infinity') as read_at,
        observation.condition, observation.temp_f, observation.feels_like_f, observation.dewpoint_f,
        observation.wind_mph, observation.gust_mph, observation.wind_deg, observation.humidity_pct,
        observation.pressure_hpa, observation.visibility_mi, observation.precip_in,
        (observation.condition is not null)::integer + (observation.temp_f is not null)::integer
        + (observation.feels_like_f is not null)::integer + (observation.dewpoint_f is not null)::integer
        + (observation.wind_mph is not null)::integer + (observation.gust_mph is not null)::integer
        + (observation.wind_deg is not null)::integer + (observation.humidity_pct is not null)::integer
        + (observation.pressure_hpa is not null)::integer + (observation.visibility_mi is not null)::integer
        + (observation.precip_in is not null)::integer as value_count
    from stage_observation as observation
    join new_fetch on new_fetch.fetch_no = observation.fetch_no
    left join dim_place as town on town.place_key = observation.place_key
),

known as (
    select
        stored.place_id, stored.place, stored.provider as station, stored.observed_at,
        coalesce(stored.read_at, timestamptz '-infinity') as read_at,
        stored.condition, stored.temp_f, stored.feels_like_f, stored.dewpoint_f, stored.wind_mph, stored.gust_mph,
        stored.wind_deg, stored.humidity_pct, stored.pressure_hpa, stored.visibility_mi, stored.precip_in,
        stored.value_count
    from fact_weather_observation as stored
    where
        stored.method = 'nws'
        and stored.observed_at >= (select coalesce(min(observed_at), 'infinity') from staged)
        and stored.observed_at <= (select max(observed_at) from staged)
        and (stored.provider, stored.observed_at) in (select (station, observed_at) from staged)
),

reading as (
    select
        place_id, place, station, observed_at, read_at,
        condition, temp_f, feels_like_f, dewpoint_f, wind_mph, gust_mph, wind_deg, humidity_pct, pressure_hpa,
        visibility_mi, precip_in, value_count, false as is_known
    from staged
    union all
    select
        place_id, place, station, observed_at, read_at,
        condition, temp_f, feels_like_f, dewpoint_f, wind_mph, gust_mph, wind_deg, humidity_pct, pressure_hpa,
        visibility_mi, precip_in, value_count, true
    from known
),

ranked as (
    select
        place_id, place, station, observed_at, read_at,
        condition, temp_f, feels_like_f, dewpoint_f, wind_mph, gust_mph, wind_deg, humidity_pct, pressure_hpa,
        visibility_mi, precip_in, value_count, is_known,
        row_number() over (
            partition by place_id, station, observed_at
            order by
                value_count desc, read_at desc,
                condition, temp_f, feels_like_f, dewpoint_f, wind_mph, gust_mph, wind_deg, humidity_pct, pressure_hpa,
                visibility_mi, precip_in
        ) as rank
    from reading
)

-- arg_min passes over null: the first reading in order that has the value.
select
    place_id, station, observed_at, arg_min(place, rank) as place, arg_min(read_at, rank) as read_at,
    arg_min(value_count, rank) as value_count,
    arg_min(condition, rank) as condition, arg_min(temp_f, rank) as temp_f,
    arg_min(feels_like_f, rank) as feels_like_f, arg_min(dewpoint_f, rank) as dewpoint_f,
    arg_min(wind_mph, rank) as wind_mph, arg_min(gust_mph, rank) as gust_mph, arg_min(wind_deg, rank) as wind_deg,
    arg_min(humidity_pct, rank) as humidity_pct, arg_min(pressure_hpa, rank) as pressure_hpa,
    arg_min(visibility_mi, rank) as visibility_mi, arg_min(precip_in, rank) as precip_in,
    bool_or(is_known) as is_known
from ranked
group by place_id, station, observed_at
having not bool_and(is_known);

update fact_weather_observation as known
set
    read_at = fresh.read_at, value_count = fresh.value_count, condition = fresh.condition, temp_f = fresh.temp_f,
    feels_like_f = fresh.feels_like_f, dewpoint_f = fresh.dewpoint_f, wind_mph = fresh.wind_mph,
    gust_mph = fresh.gust_mph, wind_deg = fresh.wind_deg, humidity_pct = fresh.humidity_pct,
    pressure_hpa = fresh.pressure_hpa, visibility_mi = fresh.visibility_mi, precip_in = fresh.precip_in
from station_report as fresh
where
    fresh.is_known and known.method = 'nws' and known.provider = fresh.station
    and known.observed_at = fresh.observed_at and known.place_id is not distinct from fresh.place_id
    and known.observed_at >= (select coalesce(min(observed_at), 'infinity') from station_report)
    and (
        known.read_at, known.value_count, known.condition, known.temp_f, known.feels_like_f, known.dewpoint_f,
        known.wind_mph, known.gust_mph, known.wind_deg, known.humidity_pct, known.pressure_hpa, known.visibility_mi,
        known.precip_in
    )
    is distinct from (
        fresh.read_at, fresh.value_count, fresh.condition, fresh.temp_f, fresh.feels_like_f, fresh.dewpoint_f,
        fresh.wind_mph, fresh.gust_mph, fresh.wind_deg, fresh.humidity_pct, fresh.pressure_hpa, fresh.visibility_mi,
        fresh.precip_in
    );

insert into fact_weather_observation by name
select
    place_id, place, station as provider, 'nws' as method, observed_at, observed_at as until_at, read_at, value_count,
    condition, temp_f, feels_like_f, dewpoint_f, wind_mph, gust_mph, wind_deg, humidity_pct, pressure_hpa,
    visibility_mi, precip_in, 1 as page_count
from station_report
where not is_known;
