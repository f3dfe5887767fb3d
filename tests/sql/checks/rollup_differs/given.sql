insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id, posted_date) values (1, 1, 'a', 'http://alpha.test/a', [], 1, 1, date '2024-01-01'), (2, 1, 'b', 'http://alpha.test/b', [], 1, 2, date '2024-01-01'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, 3, date '2024-01-02'), (4, 1, 'd', 'http://alpha.test/d', [], 1, 4, date '2024-01-03'), (5, 1, 'e', 'http://alpha.test/e', [], 1, 5, null);
insert into agg_article_day values (1, date '2024-01-01', 'own', 1, 1), (1, date '2024-01-01', 'wire', 1, 1), (1, date '2024-01-02', 'own', 2, 2);
