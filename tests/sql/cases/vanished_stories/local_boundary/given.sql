insert into fact_article
(article_id, source_id, article_key, url, title, authors, revisions, first_seen_at, last_seen_at, gone_at) values
(1, 1, 'a', 'http://alpha.test/a', 'A', [], 1, '2024-01-02 00:00:00+00', '2024-01-02 03:00:00+00', '2024-01-02 05:30:00+00'),
(2, 1, 'b', 'http://alpha.test/b', 'B', [], 1, '2024-01-02 00:00:00+00', '2024-01-02 05:00:00+00', '2024-01-02 06:00:00+00'),
(3, 1, 'c', 'http://alpha.test/c', 'C', [], 1, '2024-01-02 00:00:00+00', '2024-01-02 05:00:00+00', null);
