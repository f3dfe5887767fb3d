insert into fact_source_day values
(1, date '2024-01-01', 3, 3, 1, 0, 0, 0, true),
(1, date '2024-01-02', 3, 3, 0, 0, 0, 0, true),
(1, date '2024-01-03', 0, 0, 0, 0, 0, 2, false),
(1, date '2024-01-04', 3, 3, 1, 0, 0, 0, true);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, first_seen_date)
values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-01', date '2024-01-02'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-04', date '2024-01-04'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-03', date '2024-01-04'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-05', date '2024-01-05');
insert into fact_article_tag values
(1, 2, 'jsonld', 1, 'Fire', false), (1, 2, 'tag_box', 1, 'Fire', false), (2, 5, 'jsonld', 1, 'Blaze', false),
(3, 2, 'jsonld', 1, 'Fire', false), (4, 2, 'jsonld', 1, 'Fire', false);
insert into fact_story values (1, 1, 'exact'), (2, 1, 'exact'), (3, 3, 'alone'), (4, 4, 'alone');
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, first_seen_date)
values (5, 1, 'e', 'http://alpha.test/e', [], 1, date '2024-01-01', date '2024-01-01');
