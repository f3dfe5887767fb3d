insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into panel_reading (fetch_id, source_id, position, place, condition, temp_f, hi_f, lo_f, feels_like_f, captured_at) values
(1, 1, 1, 'Aburg', 'Clear', -80, 140, -80, null, null), (2, 1, 1, 'Aburg', 'Clear', -81, 40, 20, 30, null),
(3, 1, 1, 'Aburg', 'Clear', 30, 141, 20, 30, null), (4, 1, 1, 'Aburg', 'Clear', null, null, null, null, null);
insert into fact_weather_observation (place, provider, method, observed_at, temp_f, page_count) values
('Aburg', 'KAAA', 'nws', '2024-01-01 00:00:00+00', 999, 1), ('Aburg', 'KAAA', 'nws', '2024-01-01 01:00:00+00', 50, 1);
