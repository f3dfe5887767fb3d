insert into fact_article (article_id, source_id, article_key, url, authors, revisions) values
(1, 1, 'a', 'http://alpha.test/a', [], 3), (2, 1, 'b', 'http://alpha.test/b', [], 1), (3, 2, 'c', 'http://beta.test/c', [], 1);
insert into fact_article_revision values
(1, 1, '2024-01-01 00:00:00+00', null, 's1', 'first', true, true, true, false, 1),
(1, 2, '2024-01-01 02:00:00+00', null, 's2', 'headline', true, false, false, false, 2),
(1, 3, '2024-01-01 04:00:00+00', null, 's3', 'several', true, true, false, false, 3);
