insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, robots_rule, waited_ms, elapsed_ms, attempts,
bytes, batch_id) values
(1, 1, 'http://alpha.test/a', '2024-01-01 00:00:00+00', 'article', 'new', null, 0, 0, 1, 0, 'b'),
(2, 1, 'http://alpha.test/a', '2024-01-01 00:00:00+00', 'article', 'new', null, 0, 0, 1, 0, 'b'),
(3, 1, 'http://alpha.test/a', '2024-01-01 00:00:00+00', 'section', 'new', null, 0, 0, 1, 0, 'b'),
(4, 1, 'http://alpha.test/a', '2024-01-01 01:00:00+00', 'article', 'new', null, 0, 0, 1, 0, 'b');
