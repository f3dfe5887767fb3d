insert into batch values ('whole', '2024-01-01 00:00:00+00', '1', 1), ('short', '2024-01-01 00:00:00+00', '1', 2),
('empty', '2024-01-01 00:00:00+00', '1', 0);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, robots_rule, waited_ms, elapsed_ms, attempts,
bytes, batch_id) values
(1, 1, 'http://alpha.test/', '2024-01-01 00:00:00+00', 'section', 'new', null, 0, 0, 1, 0, 'whole'),
(2, 1, 'http://alpha.test/x', '2024-01-01 00:00:00+00', 'section', 'new', null, 0, 0, 1, 0, 'short');
