-- Flood* is every word that starts so; an article with two of the phrases counts once, one with "insurance" does not.
insert into fact_source_day values (1, date '2024-01-01', 3, 3, 1, 0, 0, 0, true);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, title) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-01', 'Flooding, and high water'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-01', 'High water closes a road'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-01', 'Floods raise insurance rates'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-01', 'A high, watery sky'),
(5, 2, 'e', 'http://beta.test/e', [], 1, date '2024-02-10', 'Nothing of the kind');
insert into fact_story values (1, 1, 'alone'), (2, 2, 'alone'), (3, 3, 'alone');
