insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id) values (1, 1, 'a', 'http://alpha.test/a', [], 1, 1), (2, 9, 'b', 'http://nowhere.test/b', [], 1, 2);
insert into article_reading (article_id, captured_at, state_hash, fetch_id, is_gone) values (1, null, 's', 1, false), (2, null, 's', 2, false), (7, null, 's', 3, false);
insert into fact_story values (1, 1, 'alone'), (2, 8, 'exact'), (7, 1, 'exact');
insert into fact_article_tag values (1, 2, 'jsonld', 1, 'Fire', false), (1, 99, 'jsonld', 2, 'Lost', false);
insert into fact_article_place values (1, 'Lost', 'text', 5), (1, 'Unknown', 'text', null);
insert into fact_closing values (1, 3, null, 'Closed', '2024-01-01 00:00:00+00', '2024-01-01 00:00:00+00');
