insert into fact_article
(article_id, source_id, article_key, url, authors, revisions, posted_local, posted_date, posted_precision) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, '2024-01-01 00:00', date '2024-01-01', 'minute'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, '2024-01-07 23:59', date '2024-01-07', 'instant'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, '2024-01-07 23:00', date '2024-01-07', 'minute'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, '2024-01-03 00:00', date '2024-01-03', 'day');
