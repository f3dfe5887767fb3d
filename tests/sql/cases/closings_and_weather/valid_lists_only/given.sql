insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- Lists: 8th bitter cold with two organisations closed (one of them twice), 9th bitter cold and empty, 10th mild under a
-- winter banner with one closing, 11th broken and stale (left out), 12th mild and empty. The 13th, a Saturday, does not count.
insert into dim_organisation (organisation_id, folded, name) values (1, 'school a', 'School A'), (2, 'school b', 'School B');
insert into fact_closing_poll values
(1, '2024-01-08 12:00:00+00', 'populated', null, 2, 1, 1), (1, '2024-01-08 18:00:00+00', 'broken', null, 0, 2, 2),
(1, '2024-01-09 12:00:00+00', 'empty', null, 0, 3, 3), (1, '2024-01-10 12:00:00+00', 'populated', null, 1, 4, 4),
(1, '2024-01-11 12:00:00+00', 'broken', null, 0, 5, 5), (1, '2024-01-11 13:00:00+00', 'stale', null, 5, 6, 6),
(1, '2024-01-13 05:00:00+00', 'empty', null, 0, 7, 7), (1, '2024-01-13 12:00:00+00', 'empty', null, 0, 8, 8);
insert into fact_closing values
(1, 1, date '2024-01-08', 'Closed', '2024-01-08 12:00:00+00', '2024-01-08 12:00:00+00'),
(1, 1, date '2024-01-08', 'Closed Today', '2024-01-08 13:00:00+00', '2024-01-08 13:00:00+00'),
(1, 2, date '2024-01-08', 'Closed', '2024-01-08 12:00:00+00', '2024-01-08 12:00:00+00'),
(1, 2, null, 'Closed', '2024-01-10 12:00:00+00', '2024-01-10 12:00:00+00');
insert into fact_banner values (1, 'severe', 'Winter Weather Advisory', '2024-01-10 12:00:00+00', '2024-01-10 15:00:00+00', 3);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select 1, d::date, 'alpha', 'panel', 4, 30, 20, 20, if(day(d) < 10, -15, 20), null, null, ['Clear']
from generate_series(date '2024-01-08', date '2024-01-13', interval 1 day) t(d);
