insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
-- Ids rise over both stations. The third says a year too early, the fifth a month too late; a BLOX page has no such id.
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id, native_id, posted_local, template) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, 1, '500000001', '2019-01-01 08:00', 'heartland-2017'),
(2, 2, 'b', 'http://beta.test/b', [], 1, 1, '500000002', '2019-01-01 07:00', 'heartland-2017'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, 1, '500000003', '2018-01-01 09:00', 'heartland-2017'),
(4, 2, 'd', 'http://beta.test/d', [], 1, 1, '500000004', '2019-01-02 09:00', 'heartland-2017'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, 1, '500000005', '2019-02-02 09:00', 'heartland-2017'),
(6, 1, 'f', 'http://alpha.test/f', [], 1, 1, '500000006', '2019-01-02 10:00', 'heartland-2017'),
(7, 1, 'g', 'http://alpha.test/g', [], 1, 1, '500000004', '2024-01-02 10:00', 'blox');
