-- Only hours on the home page count, and two intervals of one story add up. The old name of fire counts as fire; parent
-- topics are left out.
update dim_source set home = 'http://alpha.test/' where source_id = 1;
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-05'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-05'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-05');
insert into fact_article_tag values
(1, 5, 'jsonld', 1, 'Blaze', false), (1, 2, 'jsonld', 1, 'Fire', false), (2, 2, 'jsonld', 1, 'Fire', false), (3, 1, 'jsonld', 1, 'Snow', false),
(3, 4, 'jsonld', 1, 'Weather', true);
insert into fact_appearance values
(1, 'http://alpha.test/a', 1, 'section', 'http://alpha.test/', '2024-01-05 10:00:00+00', '2024-01-05 12:00:00+00', 3, 1),
(1, 'http://alpha.test/a', 1, 'section', 'http://alpha.test/', '2024-01-05 18:00:00+00', '2024-01-05 19:00:00+00', 2, 4),
(1, 'http://alpha.test/b', 2, 'section', 'http://alpha.test/', '2024-01-05 10:00:00+00', '2024-01-05 11:00:00+00', 2, 3),
(1, 'http://alpha.test/b', 2, 'section', 'http://alpha.test/news', '2024-01-05 10:00:00+00', '2024-01-06 10:00:00+00', 9, 1),
(1, 'http://alpha.test/c', 3, 'feed', 'http://alpha.test/', '2024-01-05 10:00:00+00', '2024-01-06 10:00:00+00', 9, 1),
(1, 'http://alpha.test/c', 3, 'section', 'http://alpha.test/', '2024-01-01 00:00:00+00', '2024-01-05 06:00:00+00', 9, 2);
