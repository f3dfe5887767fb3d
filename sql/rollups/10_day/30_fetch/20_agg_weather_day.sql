-- Recomputes the weather of the places and local days of this load. Panel readings count on the day of every exchange,
-- not by interval: an interval can span days without an exchange.
-- needs: stage_observation, stage_panel
-- reads: dim_place, dim_source, fact_weather_observation, new_fetch, panel_reading, source_place, stage_observation
-- writes: agg_weather_day, touched_weather
create or replace temp table touched_weather as
with staged as (
    select distinct station, observed_at from stage_observation
),

stored as (
    select town.place_id, town.zone, observation.observed_at
    from fact_weather_observation as observation
    join staged on staged.station = observation.provider and staged.observed_at = observation.observed_at
    join dim_place as town on town.place_id = observation.place_id
    where
        observation.method = 'nws'
        and observation.observed_at >= (select coalesce(min(observed_at), 'infinity') from stage_observation)
)

select distinct town.place_id, timezone(town.zone, reading.captured_at)::date as date
from panel_reading as reading
join source_place
    on source_place.source_id = reading.source_id and source_place.folded = lower(trim(reading.place))
join dim_place as town on town.place_id = source_place.place_id
where
    reading.fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
    and reading.captured_at is not null
union
select place_id, timezone(zone, observed_at)::date from stored
union
-- The rain of a day depends on the hour before it.
select place_id, timezone(zone, observed_at + interval 1 hour)::date from stored;

delete from agg_weather_day
where
    method in ('panel', 'nws')
    and date >= (select coalesce(min(date), 'infinity') from touched_weather)
    and (place_id, date) in (select place_id, date from touched_weather);

insert into agg_weather_day by name
with zone_days as (
    select town.zone, min(touched.date) as first_date, max(touched.date) as last_date
    from touched_weather as touched
    join dim_place as town on town.place_id = touched.place_id
    group by town.zone
),

bounds as (
    select
        min(timezone(zone, first_date::timestamp)) - interval 1 hour as from_at,
        max(timezone(zone, (last_date + 1)::timestamp)) as until_at
    from zone_days
),

readings as materialized (
    select distinct
        source_place.place_id, source.name as provider, 'panel' as method, reading.captured_at as observed_at,
        reading.condition, reading.temp_f::double as temp_f, reading.feels_like_f::double as feels_like_f,
        null::double as gust_mph, null::double as precip_in
    from panel_reading as reading
    join source_place
        on source_place.source_id = reading.source_id and source_place.folded = lower(trim(reading.place))
    join dim_source as source on source.source_id = reading.source_id
    where reading.captured_at between (select from_at from bounds) and (select until_at from bounds)
    union all
    select place_id, provider, method, observed_at, condition, temp_f, feels_like_f, gust_mph, precip_in
    from fact_weather_observation
    where method = 'nws' and observed_at between (select from_at from bounds) and (select until_at from bounds)
),

dated as materialized (
    select
        readings.place_id, readings.provider, readings.method, readings.observed_at, readings.condition,
        readings.temp_f, readings.feels_like_f, readings.gust_mph, readings.precip_in,
        timezone(town.zone, readings.observed_at)::date as date,
        timezone(town.zone, readings.observed_at + interval 1 hour)::date as next_hour_date
    from readings
    join dim_place as town on town.place_id = readings.place_id
),

-- The reports of each day, and those of the hour before it.
near_rain as (
    select place_id, date, provider, method, observed_at, precip_in, false as is_before
    from dated
    where precip_in is not null
    union all
    select place_id, next_hour_date, provider, method, observed_at, precip_in, true
    from dated
    where precip_in is not null and next_hour_date > date
),

rain_reports as (
    select
        place_id, date, provider, method, count(*) filter (is_before) as reports_before,
        -- Lists of one, so that they have the type of the list that the sums are collected in.
        list(
            [{'minute': floor(epoch(observed_at) / 60)::bigint, 'inches': precip_in}] order by observed_at
        ) as reports
    from near_rain
    where (place_id, date) in (select place_id, date from touched_weather)
    group by place_id, date, provider, method
    having not bool_and(is_before)
),

-- A report's rain is that of the 60 minutes before it. The rain so far is the largest sum of reports whose hours do not
-- overlap: per report either the sum so far, or its own rain on top of the sum an hour before. Reports 55 minutes apart
-- with none between them are the hourly ones, a few minutes early or late.
rain_sums as (
    select
        place_id, date, provider, method, reports_before,
        list_reduce(
            reports,
            (sums, report) -> list_append(sums, {
                'minute': report[1].minute,
                'inches': greatest(
                    sums[-1].inches,
                    report[1].inches + list_last(list_filter(
                        sums,
                        earlier -> earlier.minute <= report[1].minute - 60
                        or (earlier.minute = sums[-1].minute and earlier.minute <= report[1].minute - 55)
                    )).inches
                )
            }),
            [{'minute': (-9000000000000)::bigint, 'inches': 0::double}]
        ) as sums
    from rain_reports
),

-- The day's rain is what its reports add to those of the hour before it, which count on the day before.
rain as (
    select
        place_id, date, provider, method,
        round(sums[-1].inches - sums[reports_before + 1].inches, 4) as precip_in
    from rain_sums
)

select
    dated.place_id, dated.date, dated.provider, dated.method,
    count(distinct dated.observed_at)::integer as observations, max(dated.temp_f) as max_temp_f,
    min(dated.temp_f) as min_temp_f, max(dated.feels_like_f) as max_feels_like_f,
    min(dated.feels_like_f) as min_feels_like_f, max(dated.gust_mph) as max_gust_mph,
    any_value(rain.precip_in) as precip_in,
    coalesce(list_sort(list(distinct dated.condition) filter (dated.condition is not null)), []) as conditions
from dated
left join rain using (place_id, date, provider, method)
where (dated.place_id, dated.date) in (select place_id, date from touched_weather)
group by dated.place_id, dated.date, dated.provider, dated.method;
