insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, robots_rule, waited_ms, elapsed_ms, attempts,
bytes, batch_id) values
(1, 1, 'http://alpha.test/a', '2024-01-01 00:00:00+00', 'article', 'new', 'Allow: /a', 0, 0, 1, 9, 'b'),
(2, 1, 'http://alpha.test/b', '2024-01-01 00:00:00+00', 'article', 'refused', 'Disallow: /b', 0, 0, 0, 0, 'b'),
(3, 1, 'http://alpha.test/c', '2024-01-01 00:00:00+00', 'article', 'refused', 'Allow: /c | Disallow: /d', 0, 0, 1, 9, 'b'),
(4, 1, 'http://alpha.test/e', '2024-01-01 00:00:00+00', 'article', 'new', 'Disallow: /e', 0, 0, 1, 9, 'b'),
(5, 1, 'http://alpha.test/f', '2024-01-01 00:00:00+00', 'article', 'unchanged', 'Allow: /f | Disallow: /', 0, 0, 1, 9, 'b'),
(6, 1, 'http://alpha.test/Disallow:', '2024-01-01 00:00:00+00', 'article', 'new', 'no rule matches', 0, 0, 1, 9, 'b');
