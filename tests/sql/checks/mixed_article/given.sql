insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 2);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 3) t(n);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id) values
(1, 1, 'wordpress:alpha.test:7', 'http://alpha.test/a', [], 2, 1), (2, 1, 'wordpress:alpha.test:8', 'http://alpha.test/b', [], 1, 2);
insert into mixed_article (article_id, hosts) values (1, ['alpha.test', 'gamma.test']);
