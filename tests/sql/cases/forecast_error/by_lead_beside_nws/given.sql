insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- 10 January local: the panel forecasts 40/20 at 06:00 and 35/25 at 15:00, the weather service 38 the day before and a low
-- of 22 for the following night. The weather station observed 18 at 03:00 (before any panel), 25 at 09:00, 36 at 13:00, 30
-- at 16:00, 28 at 23:00, and 21 at 04:00 next morning. The panel's own readings do not count beside it, and beta's town has
-- too few readings.
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
) values (1, date '2024-01-10', 'KSTJ', 'nws', 5, 36, 18, null, null, null, null, []);
insert into fact_weather_forecast values
(1, 'Aburg', 'alpha', 'panel', '2024-01-10 12:00:00+00', date '2024-01-10', 'rest of day', 40, 20, null, null),
(1, 'Aburg', 'alpha', 'panel', '2024-01-10 21:00:00+00', date '2024-01-10', 'rest of day', 35, 25, null, null),
(1, 'Aburg', 'nws', 'nws', '2024-01-09 21:00:00+00', date '2024-01-10', 'Wednesday', 38, null, null, null),
(1, 'Aburg', 'nws', 'nws', '2024-01-09 21:00:00+00', date '2024-01-10', 'Wednesday Night', null, 22, null, null),
(2, 'Bville', 'beta', 'panel', '2024-01-10 12:00:00+00', date '2024-01-10', 'rest of day', 50, 10, null, null);
insert into fact_weather_observation (place_id, place, provider, method, observed_at, until_at, temp_f, page_count) values
(1, 'Aburg', 'KSTJ', 'nws', '2024-01-10 09:00:00+00', '2024-01-10 09:00:00+00', 18, 1),
(1, 'Aburg', 'KSTJ', 'nws', '2024-01-10 15:00:00+00', '2024-01-10 15:00:00+00', 25, 1),
(1, 'Aburg', 'KSTJ', 'nws', '2024-01-10 19:00:00+00', '2024-01-10 19:00:00+00', 36, 1),
(1, 'Aburg', 'KSTJ', 'nws', '2024-01-10 22:00:00+00', '2024-01-10 22:00:00+00', 30, 1),
(1, 'Aburg', 'KSTJ', 'nws', '2024-01-11 05:00:00+00', '2024-01-11 05:00:00+00', 28, 1),
(1, 'Aburg', 'KSTJ', 'nws', '2024-01-11 10:00:00+00', '2024-01-11 10:00:00+00', 21, 1),
(1, 'Aburg', 'alpha', 'panel', '2024-01-10 19:00:00+00', '2024-01-10 21:00:00+00', 99, 1),
(2, 'Bville', 'beta', 'panel', '2024-01-10 19:00:00+00', '2024-01-10 21:00:00+00', 33, 1);
