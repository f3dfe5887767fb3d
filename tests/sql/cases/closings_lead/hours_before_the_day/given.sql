-- Midnight of 10 January in Chicago is 06:00 UTC. Closings are seen at 23:00 local the evening before, and at 06:00 on the
-- day. A change of status is no new closing. Left out: closings on the first list of all, and those without a date.
insert into dim_organisation (organisation_id, folded, name) values (1, 'school a', 'School A'), (2, 'school b', 'School B'), (3, 'school c', 'School C');
insert into fact_closing_poll values
(1, '2024-01-10 01:00:00+00', 'populated', null, 1, 1, 1), (1, '2024-01-10 05:00:00+00', 'populated', null, 2, 2, 2),
(1, '2024-01-10 12:00:00+00', 'populated', null, 3, 3, 3), (1, '2024-01-10 11:00:00+00', 'broken', null, 0, 4, 4);
insert into fact_closing values
(1, 1, date '2024-01-10', 'Closed', '2024-01-10 01:00:00+00', '2024-01-10 12:00:00+00'),
(1, 2, date '2024-01-10', 'Delayed', '2024-01-10 05:00:00+00', '2024-01-10 05:00:00+00'),
(1, 2, date '2024-01-10', 'Closed', '2024-01-10 12:00:00+00', '2024-01-10 12:00:00+00'),
(1, 3, date '2024-01-10', 'Closed', '2024-01-10 12:00:00+00', '2024-01-10 12:00:00+00'),
(1, 3, null, 'Closed', '2024-01-10 05:00:00+00', '2024-01-10 12:00:00+00');
