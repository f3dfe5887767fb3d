insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into source_era values (1, date '2020-01-01', 'Old', 'heartland', 'alpha.test'), (1, date '2023-01-01', 'New', 'blox', 'alpha.test');
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id, posted_date) values (1, 1, 'a', 'http://alpha.test/a', [], 1, 1, date '2020-01-01'), (2, 1, 'b', 'http://alpha.test/b', [], 1, 1, date '2019-12-31'),
(3, 2, 'c', 'http://beta.test/c', [], 1, 1, date '1999-01-01'), (4, 1, 'd', 'http://alpha.test/d', [], 1, 1, null);
