insert into batch values ('b', '2024-01-01 00:00:00+00', '1', 100);
insert into fact_fetch (fetch_id, source_id, url, requested_at, purpose, outcome, waited_ms, elapsed_ms, attempts, bytes, batch_id)
select n, 1, 'http://alpha.test/' || n, '2024-01-01 00:00:00+00', 'article', 'new', 0, 0, 1, 0, 'b' from range(1, 101) t(n);
insert into article_reading (article_id, captured_at, state_hash, fetch_id, is_gone) values (1, null, 's', 1, false), (2, null, 's', 2, false);
insert into fact_article_tag values (1, 2, 'jsonld', 1, 'Fire', false), (1, 2, 'tag_box', 1, 'Fire', false),
(2, 2, 'jsonld', 1, 'Fire', false), (2, 2, 'jsonld', 2, 'fire', false);
