-- No day is missing before the first or after the last observed one; 5 January is a run of one day.
-- Beta was never observed: the days of its articles are missing, as known.
insert into fact_source_day values
(1, date '2023-12-31', 0, 0, 0, 0, 0, 1, false),
(1, date '2024-01-01', 3, 3, 1, 0, 0, 0, true),
(1, date '2024-01-02', 0, 0, 0, 0, 1, 2, false),
(1, date '2024-01-04', 3, 3, 0, 0, 0, 0, true),
(1, date '2024-01-06', 3, 3, 0, 0, 0, 0, true),
(1, date '2024-01-07', 0, 0, 0, 0, 1, 0, false);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-02'), (2, 2, 'b', 'http://beta.test/b', [], 1, date '2024-01-02');
