-- Adds the station reports of weather history, one row per place, station, method and instant. Of several readings of
-- one report a routine one counts before others, then the one with the most values, then the latest, in any order of
-- loading.
-- needs: stage_history_place, stage_report, stage_station_day
-- reads: dim_place, fact_weather_observation, new_fetch, stage_history_place, stage_report
-- writes: fact_weather_observation, history_report
create or replace temp table history_report as
select
    town.place_id, coalesce(town.name, staged.station) as place, staged.station as provider, staged.method,
    staged.observed_at, staged.kind, coalesce(new_fetch.requested_at, timestamptz '-infinity') as read_at,
    staged.condition, staged.temp_f, staged.feels_like_f, staged.dewpoint_f, staged.wind_mph, staged.gust_mph,
    staged.wind_deg, staged.humidity_pct, staged.pressure_hpa, staged.visibility_mi, staged.precip_in,
    staged.is_precip_trace, staged.snow_in, staged.snow_depth_in,
    (staged.kind = 'routine')::integer * 100 + (staged.condition is not null)::integer
    + (staged.temp_f is not null)::integer + (staged.feels_like_f is not null)::integer
    + (staged.dewpoint_f is not null)::integer + (staged.wind_mph is not null)::integer
    + (staged.gust_mph is not null)::integer + (staged.wind_deg is not null)::integer
    + (staged.humidity_pct is not null)::integer + (staged.pressure_hpa is not null)::integer
    + (staged.visibility_mi is not null)::integer + (staged.precip_in is not null)::integer
    + (staged.snow_in is not null)::integer + (staged.snow_depth_in is not null)::integer as value_rank
from stage_report as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
left join stage_history_place as asked on asked.fetch_no = staged.fetch_no
left join dim_place as town on town.place_key = asked.place_key
qualify
    row_number() over (
        partition by town.place_id, staged.station, staged.method, staged.observed_at
        order by
            value_rank desc, read_at desc, staged.condition, staged.temp_f, staged.feels_like_f, staged.dewpoint_f,
            staged.wind_mph, staged.gust_mph, staged.wind_deg, staged.humidity_pct, staged.pressure_hpa,
            staged.visibility_mi, staged.precip_in
    ) = 1;

update fact_weather_observation as known
set
    read_at = fresh.read_at, kind = fresh.kind, value_count = fresh.value_rank % 100, condition = fresh.condition,
    temp_f = fresh.temp_f, feels_like_f = fresh.feels_like_f, dewpoint_f = fresh.dewpoint_f,
    wind_mph = fresh.wind_mph, gust_mph = fresh.gust_mph, wind_deg = fresh.wind_deg,
    humidity_pct = fresh.humidity_pct, pressure_hpa = fresh.pressure_hpa, visibility_mi = fresh.visibility_mi,
    precip_in = fresh.precip_in, is_precip_trace = fresh.is_precip_trace, snow_in = fresh.snow_in,
    snow_depth_in = fresh.snow_depth_in
from history_report as fresh
where
    known.method = fresh.method and known.provider = fresh.provider and known.observed_at = fresh.observed_at
    and known.place_id is not distinct from fresh.place_id
    and known.observed_at >= (select coalesce(min(observed_at), 'infinity') from history_report)
    and (
        fresh.value_rank > known.value_count + (known.kind = 'routine')::integer * 100
        or (
            fresh.value_rank = known.value_count + (known.kind = 'routine')::integer * 100
            and fresh.read_at > coalesce(known.read_at, timestamptz '-infinity')
        )
    );

insert into fact_weather_observation by name
with known as materialized (
    select place_id, provider, method, observed_at
    from fact_weather_observation
    where
        method in (select method from history_report)
        and observed_at >= (select coalesce(min(observed_at), 'infinity') from history_report)
        and observed_at <= (select max(observed_at) from history_report)
)

select
    fresh.place_id, fresh.place, fresh.provider, fresh.method, fresh.observed_at, fresh.observed_at as until_at,
    fresh.read_at, fresh.kind, fresh.value_rank % 100 as value_count, fresh.condition, fresh.temp_f,
    fresh.feels_like_f, fresh.dewpoint_f, fresh.wind_mph, fresh.gust_mph, fresh.wind_deg, fresh.humidity_pct,
    fresh.pressure_hpa, fresh.visibility_mi, fresh.precip_in, fresh.is_precip_trace, fresh.snow_in,
    fresh.snow_depth_in, 1 as page_count
from history_report as fresh
where
    not exists (
        select 1
        from known
        where
            known.provider = fresh.provider and known.method = fresh.method
            and known.observed_at = fresh.observed_at and known.place_id is not distinct from fresh.place_id
    );
