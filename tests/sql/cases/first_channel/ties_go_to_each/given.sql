insert into fact_article (article_id, source_id, article_key, url, authors, revisions)
values (1, 1, 'a', 'http://alpha.test/a', [], 1), (2, 1, 'b', 'http://alpha.test/b', [], 1);
insert into fact_appearance values
(1, 'http://alpha.test/a', 1, 'feed', 'f', '2024-01-01 00:00:00+00', null, 1, 1),
(1, 'http://alpha.test/a', 1, 'sitemap', 's', '2024-01-01 00:00:00+00', null, 1, 1),
(1, 'http://alpha.test/b', 2, 'feed', 'f', '2024-01-01 01:00:00+00', null, 1, 1),
(1, 'http://alpha.test/b', 2, 'section', 'home', '2024-01-01 02:00:00+00', null, 1, 1),
(1, 'http://alpha.test/x', null, 'section', 'home', '2024-01-01 02:00:00+00', null, 1, 1);
