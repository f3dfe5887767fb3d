-- Monday 1 and Sunday 7 January were observed, the Wednesday between was not: its hours are null, not 0,
-- but for one with a known article.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-02', date '2024-01-03', date '2024-01-04', date '2024-01-05', date '2024-01-06')
from generate_series(date '2024-01-01', date '2024-01-07', interval 1 day) t(d);
insert into fact_article
(article_id, source_id, article_key, url, authors, revisions, posted_local, posted_date, posted_precision) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, '2024-01-01 00:00', date '2024-01-01', 'minute'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, '2024-01-07 23:59', date '2024-01-07', 'instant'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, '2024-01-07 23:00', date '2024-01-07', 'minute'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, '2024-01-01 00:00', date '2024-01-01', 'day'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, '2024-01-03 05:00', date '2024-01-03', 'minute');
