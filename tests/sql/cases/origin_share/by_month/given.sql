insert into fact_source_day values
(1, date '2024-01-31', 3, 3, 1, 0, 0, 0, true), (1, date '2024-02-01', 3, 3, 1, 0, 0, 0, true),
(1, date '2024-02-02', 0, 0, 0, 0, 0, 0, false);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, origin_kind) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-31', 'own'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-31', 'wire'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-31', 'wire'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-31', 'wire'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, date '2024-02-01', null),
(6, 1, 'f', 'http://alpha.test/f', [], 1, date '2024-02-02', 'own');
insert into fact_story values
(1, 1, 'alone'), (2, 2, 'exact'), (3, 2, 'exact'), (4, 4, 'alone'), (5, 5, 'alone'), (6, 6, 'alone');
