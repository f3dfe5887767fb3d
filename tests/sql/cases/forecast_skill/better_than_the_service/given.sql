insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- 35 days of January and February; day n has a high of 40 + n % 3 at 13:00, with readings at 9:00, 13:00 and 16:00. At 6:00
-- the panel forecasts the high 1 degree too high on odd days and 2 degrees on even ones; the weather service, at 4:00, is 4
-- degrees off and 3; its forecast of 7:00 came later. The day before differs by 1 degree, or 2 on each third day. The panel's
-- low of 20 at 23:00 is as observed, and so was the day before's: an error of zero has no ratio.
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
) values (1, date '2024-02-04', 'KSTJ', 'nws', 4, 42, 20, null, null, null, null, []);
create temp table day as select n, timestamptz '2024-01-01 06:00:00+00' + to_days(n::integer) as midnight from range(35) t(n);
insert into fact_weather_observation (place_id, place, provider, method, observed_at, until_at, temp_f, page_count)
select 1, 'Aburg', 'KSTJ', 'nws', midnight + to_hours(readings.hour), midnight + to_hours(readings.hour), readings.temp_f, 1
from day
cross join lateral (values (9, 25), (13, 40 + n % 3), (16, 30), (23, 20)) as readings (hour, temp_f);
insert into fact_weather_forecast
select 1, 'Aburg', 'alpha', 'panel', midnight + interval 6 hour, midnight::date, 'rest of day', 40 + n % 3 + 2 - n % 2, 20, null, null
from day
union all
select 1, 'Aburg', 'nws', 'nws', midnight + interval 4 hour, midnight::date, 'Today', 40 + n % 3 - 3 - n % 2, null, null, null
from day
union all
select 1, 'Aburg', 'nws', 'nws', midnight + interval 7 hour, midnight::date, 'Today', 40 + n % 3, null, null, null
from day;
drop table day;
