-- Recomputes the weather of the places and local days that this load brought weather history for: reports summed up by
-- the town's local day, and station days as they are. Rain is the sum of the routine reports, which repeat nothing.
-- needs: stage_history_place, stage_report, stage_station_day
-- reads: agg_weather_day, dim_place, fact_station_day, fact_weather_observation, history_report, new_fetch,
--     place_station, read_station_day, stage_history_place, stage_station_day
-- writes: agg_weather_day, touched_history
create or replace temp table touched_history as
select distinct report.place_id, report.provider, report.method, timezone(town.zone, report.observed_at)::date as date
from history_report as report
join dim_place as town on town.place_id = report.place_id
union
select known.place_id, fresh.station, fresh.method, fresh.date
from read_station_day as fresh
join place_station as known on known.station = fresh.station;

-- A place that a station was loaded for before, under another place, gets that station's earlier days too.
insert into touched_history
with asked as (
    select distinct town.place_id, staged.station
    from stage_history_place as history
    join new_fetch on new_fetch.fetch_no = history.fetch_no
    join dim_place as town on town.place_key = history.place_key
    join stage_station_day as staged on staged.fetch_no = history.fetch_no
)

select asked.place_id, known.station, known.method, known.date
from asked
join fact_station_day as known on known.station = asked.station
except
select place_id, provider, method, date from touched_history;

delete from agg_weather_day
where
    method not in ('panel', 'nws')
    and date >= (select coalesce(min(date), 'infinity') from touched_history)
    and (place_id, provider, method, date) in (select (place_id, provider, method, date) from touched_history);

insert into agg_weather_day by name
with bounds as (
    select
        timezone('UTC', min(date)::timestamp) - interval 1 day as from_at,
        timezone('UTC', max(date)::timestamp) + interval 2 days as until_at
    from touched_history
),

dated as (
    select
        observation.place_id, timezone(town.zone, observation.observed_at)::date as date, observation.provider,
        observation.method, observation.kind, observation.condition, observation.temp_f, observation.feels_like_f,
        observation.gust_mph, observation.precip_in, observation.is_precip_trace, observation.snow_in,
        observation.snow_depth_in
    from fact_weather_observation as observation
    join dim_place as town on town.place_id = observation.place_id
    where
        observation.method not in ('panel', 'nws')
        and observation.observed_at >= (select from_at from bounds)
        and observation.observed_at < (select until_at from bounds)
)

select
    dated.place_id, dated.date, dated.provider, dated.method, count(*)::integer as observations,
    max(dated.temp_f) as max_temp_f, min(dated.temp_f) as min_temp_f, max(dated.feels_like_f) as max_feels_like_f,
    min(dated.feels_like_f) as min_feels_like_f, max(dated.gust_mph) as max_gust_mph,
    round(sum(dated.precip_in) filter (dated.kind in ('routine', 'model')), 4) as precip_in,
    coalesce(bool_or(dated.is_precip_trace), false) as is_precip_trace, round(sum(dated.snow_in), 4) as snow_in,
    max(dated.snow_depth_in) as snow_depth_in,
    coalesce(list_sort(list(distinct dated.condition) filter (dated.condition is not null)), []) as conditions
from dated
join touched_history as touched
    on
        touched.place_id = dated.place_id and touched.provider = dated.provider and touched.method = dated.method
        and touched.date = dated.date
where dated.kind is not null
group by dated.place_id, dated.date, dated.provider, dated.method;

insert into agg_weather_day by name
select
    touched.place_id, day.date, day.station as provider, day.method, 1 as observations, day.max_temp_f,
    day.min_temp_f, day.max_feels_like_f, day.min_feels_like_f, day.max_gust_mph, day.precip_in,
    list_contains(day.traces, 'precip_in') as is_precip_trace, day.snow_in, day.snow_depth_in, day.conditions
from touched_history as touched
join fact_station_day as day
    on day.station = touched.provider and day.method = touched.method and day.date = touched.date
-- Hours of the same station, method and day sum up to the day already, whichever of the two came first.
anti join agg_weather_day as summed
    on
        summed.place_id = touched.place_id and summed.provider = touched.provider
        and summed.method = touched.method and summed.date = touched.date;
