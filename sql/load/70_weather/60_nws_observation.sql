-- Adds the weather service's observations, one row per station, instant and place. Values can arrive after their
-- report: of several readings of one report the one with the most values counts, of equals the latest, in any order.
-- needs: stage_observation
-- reads: dim_place, fact_weather_observation, new_fetch, stage_observation
-- writes: fact_weather_observation, station_report
create or replace temp table station_report as
select
    town.place_id, coalesce(town.name, staged.station) as place, staged.station, staged.observed_at,
    coalesce(new_fetch.requested_at, timestamptz '-infinity') as read_at, staged.condition, staged.temp_f,
    staged.feels_like_f, staged.dewpoint_f, staged.wind_mph, staged.gust_mph, staged.wind_deg, staged.humidity_pct,
    staged.pressure_hpa, staged.visibility_mi, staged.precip_in,
    (staged.condition is not null)::integer + (staged.temp_f is not null)::integer
    + (staged.feels_like_f is not null)::integer + (staged.dewpoint_f is not null)::integer
    + (staged.wind_mph is not null)::integer + (staged.gust_mph is not null)::integer
    + (staged.wind_deg is not null)::integer + (staged.humidity_pct is not null)::integer
    + (staged.pressure_hpa is not null)::integer + (staged.visibility_mi is not null)::integer
    + (staged.precip_in is not null)::integer as value_count
from stage_observation as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
left join dim_place as town on town.place_key = staged.place_key
qualify
    row_number() over (
        partition by town.place_id, staged.station, staged.observed_at
        order by
            value_count desc, read_at desc, staged.condition, staged.temp_f, staged.feels_like_f, staged.dewpoint_f,
            staged.wind_mph, staged.gust_mph, staged.wind_deg, staged.humidity_pct, staged.pressure_hpa,
            staged.visibility_mi, staged.precip_in
    ) = 1;

update fact_weather_observation as known
set
    read_at = fresh.read_at, value_count = fresh.value_count, condition = fresh.condition, temp_f = fresh.temp_f,
    feels_like_f = fresh.feels_like_f, dewpoint_f = fresh.dewpoint_f, wind_mph = fresh.wind_mph,
    gust_mph = fresh.gust_mph, wind_deg = fresh.wind_deg, humidity_pct = fresh.humidity_pct,
    pressure_hpa = fresh.pressure_hpa, visibility_mi = fresh.visibility_mi, precip_in = fresh.precip_in
from station_report as fresh
where
    known.method = 'nws' and known.provider = fresh.station and known.observed_at = fresh.observed_at
    and known.place_id is not distinct from fresh.place_id
    and known.observed_at >= (select coalesce(min(observed_at), 'infinity') from station_report)
    and (
        fresh.value_count > known.value_count
        or (
            fresh.value_count = known.value_count
            and fresh.read_at > coalesce(known.read_at, timestamptz '-infinity')
        )
    );

insert into fact_weather_observation by name
with known as materialized (
    select place_id, provider, observed_at
    from fact_weather_observation
    where
        method = 'nws'
        and observed_at >= (select coalesce(min(observed_at), 'infinity') from station_report)
        and observed_at <= (select max(observed_at) from station_report)
)

select
    fresh.place_id, fresh.place, fresh.station as provider, 'nws' as method, fresh.observed_at,
    fresh.observed_at as until_at, fresh.read_at, fresh.value_count, fresh.condition, fresh.temp_f,
    fresh.feels_like_f, fresh.dewpoint_f, fresh.wind_mph, fresh.gust_mph, fresh.wind_deg, fresh.humidity_pct,
    fresh.pressure_hpa, fresh.visibility_mi, fresh.precip_in, 1 as page_count
from station_report as fresh
where
    not exists (
        select 1
        from known
        where
            known.provider = fresh.station and known.observed_at = fresh.observed_at
            and known.place_id is not distinct from fresh.place_id
    );
