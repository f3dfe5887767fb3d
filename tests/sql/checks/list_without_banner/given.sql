insert into fact_closing_poll values
(1, '2024-01-08 12:00:00+00', 'populated', null, 3, 1, 1), (1, '2024-01-09 12:00:00+00', 'populated', null, 3, 2, 2),
(1, '2024-01-10 12:00:00+00', 'empty', null, 0, 3, 3), (1, '2024-01-11 12:00:00+00', 'populated', null, 3, 4, 4);
insert into page_exchange (fetch_id, source_id, captured_at) values
(11, 1, '2024-01-08 12:05:00+00'), (12, 1, '2024-01-09 12:05:00+00'), (13, 1, '2024-01-09 12:06:00+00'),
(14, 1, '2024-01-10 12:05:00+00'), (15, 2, '2024-01-11 12:05:00+00');
insert into banner_sighting values (11, 'closings', 'CLOSINGS'), (12, 'severe', 'Winter Storm Warning');
