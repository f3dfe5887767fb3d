-- Adds the days of stations, one row per station, method and day. A day that is read in parts, or again, is put
-- together by column: of two values the one read later counts, then the larger.
-- needs: stage_history_place, stage_report, stage_station_day
-- reads: fact_station_day, new_fetch, stage_station_day
-- writes: fact_station_day, read_station_day
create or replace temp table read_station_day as
with read as (
    select
        staged.station, staged.date, staged.method, staged.max_temp_f, staged.min_temp_f, staged.mean_temp_f,
        staged.max_feels_like_f, staged.min_feels_like_f, staged.precip_in, staged.snow_in, staged.snow_depth_in,
        staged.mean_wind_mph, staged.max_wind_mph, staged.max_gust_mph, staged.conditions, staged.traces,
        staged.ends_local, new_fetch.requested_at as read_at
    from stage_station_day as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    union all
    select
        known.station, known.date, known.method, known.max_temp_f, known.min_temp_f, known.mean_temp_f,
        known.max_feels_like_f, known.min_feels_like_f, known.precip_in, known.snow_in, known.snow_depth_in,
        known.mean_wind_mph, known.max_wind_mph, known.max_gust_mph, known.conditions, known.traces, known.ends_local,
        known.read_at
    from fact_station_day as known
    where
        known.date >= (select coalesce(min(date), 'infinity') from stage_station_day)
        and known.date <= (select max(date) from stage_station_day)
        and (known.station, known.date, known.method) in (select (station, date, method) from stage_station_day)
)

select
    station, date, method,
    arg_max(max_temp_f, (read_at, max_temp_f)) as max_temp_f,
    arg_max(min_temp_f, (read_at, min_temp_f)) as min_temp_f,
    arg_max(mean_temp_f, (read_at, mean_temp_f)) as mean_temp_f,
    arg_max(max_feels_like_f, (read_at, max_feels_like_f)) as max_feels_like_f,
    arg_max(min_feels_like_f, (read_at, min_feels_like_f)) as min_feels_like_f,
    arg_max(precip_in, (read_at, precip_in)) as precip_in,
    arg_max(snow_in, (read_at, snow_in)) as snow_in,
    arg_max(snow_depth_in, (read_at, snow_depth_in)) as snow_depth_in,
    arg_max(mean_wind_mph, (read_at, mean_wind_mph)) as mean_wind_mph,
    arg_max(max_wind_mph, (read_at, max_wind_mph)) as max_wind_mph,
    arg_max(max_gust_mph, (read_at, max_gust_mph)) as max_gust_mph,
    list_sort(list_distinct(flatten(list(conditions)))) as conditions,
    list_sort(list_distinct(flatten(list(traces)))) as traces,
    arg_max(ends_local, (read_at, ends_local)) as ends_local,
    max(read_at) as read_at
from read
group by station, date, method;

delete from fact_station_day
where
    date >= (select coalesce(min(date), 'infinity') from read_station_day)
    and (station, date, method) in (select (station, date, method) from read_station_day);

insert into fact_station_day by name
select
    station, date, method, max_temp_f, min_temp_f, mean_temp_f, max_feels_like_f, min_feels_like_f, precip_in, snow_in,
    snow_depth_in, mean_wind_mph, max_wind_mph, max_gust_mph, conditions, traces, ends_local, read_at
from read_station_day;
