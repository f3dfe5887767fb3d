-- Recomputes the normals of the towns' stations that this load brought days for: what is usual at that station within
-- seven days of each day of the year, where at least ten years are known. Panels show single moments, and have none.
-- needs: stage_history_place, stage_report, stage_station_day
-- reads: agg_weather_day, touched_history
-- writes: agg_weather_normal
delete from agg_weather_normal
where (place_id, provider, method) in (select (place_id, provider, method) from touched_history);

insert into agg_weather_normal by name
with touched as (
    select distinct place_id, provider, method from touched_history
),

-- The day of the year in a year of 365 days: February 29 counts as February 28.
days as materialized (
    select
        weather.place_id, weather.provider, weather.method, year(weather.date) as year, weather.min_temp_f,
        weather.max_temp_f,
        dayofyear(weather.date) - (
            dayofyear(weather.date) >= 60 and dayofyear(make_date(year(weather.date), 12, 31)) = 366
        )::integer as year_day
    from agg_weather_day as weather
    semi join touched
        on
            touched.place_id = weather.place_id and touched.provider = weather.provider
            and touched.method = weather.method
    where weather.min_temp_f is not null and weather.max_temp_f is not null
),

long_series as (
    select place_id, provider, method
    from days
    group by place_id, provider, method
    having count(distinct year) >= 10
),

calendar as (
    select month(date) as month, day(date) as day, dayofyear(date) as year_day
    from (select unnest(generate_series(date '2023-01-01', date '2023-12-31', interval 1 day))::date as date)
    union all
    select 2, 29, 59
),

offsets as (
    select unnest(range(-7, 8)) as away
),

near as (
    select
        days.place_id, days.provider, days.method, days.year, days.min_temp_f, days.max_temp_f,
        (days.year_day - 1 + offsets.away + 365) % 365 + 1 as year_day
    from days
    semi join long_series
        on
            long_series.place_id = days.place_id and long_series.provider = days.provider
            and long_series.method = days.method
    cross join offsets
),

usual as (
    select
        place_id, provider, method, year_day, count(distinct year)::integer as years, avg(min_temp_f) as low_f,
        avg(max_temp_f) as high_f, list_sort(list(min_temp_f)) as lows, list_sort(list(max_temp_f)) as highs
    from near
    group by place_id, provider, method, year_day
)

select
    usual.place_id, usual.provider, usual.method, calendar.month, calendar.day, usual.years,
    round(usual.low_f, 1) as low_f, round(usual.high_f, 1) as high_f, usual.lows, usual.highs
from usual
join calendar on calendar.year_day = usual.year_day
where usual.years >= 10;
