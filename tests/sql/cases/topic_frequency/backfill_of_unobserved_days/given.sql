insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-02-28'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-03-01'),
(3, 2, 'c', 'http://beta.test/c', [], 1, date '2024-04-01'), (4, 1, 'd', 'http://alpha.test/d', [], 1, null);
insert into fact_article_tag values (1, 2, 'jsonld', 1, 'Fire', false), (3, 2, 'jsonld', 1, 'Fire', false),
(4, 2, 'jsonld', 1, 'Fire', false);
