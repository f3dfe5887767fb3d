insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_source_day values
(1, date '2024-01-01', 3, 3, 1, 0, 0, 0, true), (1, date '2024-01-02', 0, 0, 0, 0, 0, 1, false),
(1, date '2024-01-03', 0, 0, 0, 0, 0, 0, true), (1, date '2024-01-04', 2, 2, 0, 0, 0, 0, false);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, robots_rule, waited_ms, elapsed_ms, attempts,
bytes, batch_id) values
-- 05:00 UTC is still the day before in Chicago.
(1, 1, 'http://alpha.test/', '2024-01-05 05:00:00+00', 'section', 'new', null, 0, 0, 1, 0, 'b'),
(2, 1, 'http://alpha.test/', '2024-01-06 12:00:00+00', 'section', 'new', null, 0, 0, 1, 0, 'b');
