insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- No weather service here: an interval that began before the forecast and lasts into it counts; readings after midnight
-- and those of another source's panel do not.
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
) values (1, date '2024-01-10', 'alpha', 'panel', 3, 36, 18, null, null, null, null, []);
insert into fact_weather_forecast values
(1, 'Aburg', 'alpha', 'panel', '2024-01-10 12:00:00+00', date '2024-01-10', 'rest of day', 40, 20, null, null);
insert into fact_weather_observation (place_id, place, provider, method, observed_at, until_at, temp_f, page_count) values
(1, 'Aburg', 'alpha', 'panel', '2024-01-10 03:00:00+00', '2024-01-10 13:00:00+00', 18, 4),
(1, 'Aburg', 'alpha', 'panel', '2024-01-10 15:00:00+00', '2024-01-10 16:00:00+00', 30, 2),
(1, 'Aburg', 'alpha', 'panel', '2024-01-10 19:00:00+00', '2024-01-10 20:00:00+00', 39, 2),
(1, 'Aburg', 'beta', 'panel', '2024-01-10 19:00:00+00', '2024-01-10 20:00:00+00', 70, 2),
(1, 'Aburg', 'alpha', 'panel', '2024-01-11 09:00:00+00', '2024-01-11 20:00:00+00', 55, 2);
