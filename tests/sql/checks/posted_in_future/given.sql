insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id, posted_at, posted_zone_basis, posted_precision, first_seen_at) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, 1, '2024-01-01 12:30:00+00', 'source_zone', 'minute', '2024-01-01 12:00:00+00'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, 1, '2024-01-01 14:00:00+00', 'explicit', 'instant', '2024-01-01 12:00:00+00'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, 1, '2024-01-02 06:00:00+00', 'source_zone', 'day', '2024-01-01 12:00:00+00'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, 1, '2024-01-03 06:00:00+00', 'source_zone', 'day', '2024-01-01 12:00:00+00'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, 1, null, null, null, '2024-01-01 12:00:00+00');
