insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into panel_reading (fetch_id, source_id, position, place, condition, temp_f, hi_f, lo_f, feels_like_f, captured_at) values
(1, 1, 1, 'Aburg', 'Clear', 30, 40, 20, 30, '2024-01-01 00:10:00+00'), (1, 1, 2, 'Bville', 'Clear', 45, 40, 20, 30, '2024-01-01 00:10:00+00'),
(1, 1, 3, 'Ceton', 'Clear', 14, 40, 20, 30, '2024-01-01 00:10:00+00'), (1, 1, 4, 'Deeton', 'Clear', null, 40, 20, 30, '2024-01-01 00:10:00+00'),
(2, 1, 3, 'Ceton', 'Clear', 14, 40, 20, 30, '2024-01-01 00:20:00+00'), (2, 1, 1, 'Aburg', 'Clear', 30, 40, 20, 30, '2024-01-01 00:20:00+00'),
(2, 1, 2, 'Bville', 'Clear', 31, 40, 20, 30, '2024-01-01 00:20:00+00'),
(3, 2, 1, 'Far', 'Clear', 30, 40, 20, 30, '2024-01-01 00:10:00+00'), (3, 2, 2, 'Away', 'Clear', 90, 40, 20, 30, '2024-01-01 00:10:00+00');
