insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, 1), (2, 1, 'a', 'http://alpha.test/a2', [], 1, 2),
(3, 2, 'a', 'http://beta.test/a', [], 1, 3), (4, 1, 'b', 'http://alpha.test/b', [], 1, 4);
