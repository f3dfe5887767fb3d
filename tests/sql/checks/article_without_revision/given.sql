insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, 1), (2, 1, 'b', 'http://alpha.test/b', [], 0, 1);
