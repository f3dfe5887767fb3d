insert into fact_article (article_id, source_id, article_key, url, title, authors, revisions)
values (1, 1, 'a', 'http://alpha.test/a', 'A now', [], 3);
insert into article_state (article_id, state_hash, title, authors, tags, content_hash) values (1, 's2', 'A then', [], [], 'c2');
insert into fact_article_revision values
(1, 1, '2024-01-01 00:00:00+00', '2024-01-01 01:00:00+00', 's1', 'first', false, false, false, false, 1),
(1, 2, '2024-01-01 02:00:00+00', '2024-01-01 03:00:00+00', 's2', 'silent', false, true, false, true, 2),
(1, 3, '2024-01-01 04:00:00+00', null, 's3', 'body', false, true, false, false, 3);
