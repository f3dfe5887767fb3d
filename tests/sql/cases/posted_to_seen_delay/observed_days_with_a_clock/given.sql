-- Left out: articles that were there on the first observed day, one posted on a day without a time, and one of a day that
-- was not observed.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-03')
from generate_series(date '2024-01-01', date '2024-01-03', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_at, posted_date,
posted_precision, first_seen_at) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, '2024-01-02 12:00:00+00', date '2024-01-02', 'minute', '2024-01-02 12:10:00+00'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, '2024-01-02 12:00:00+00', date '2024-01-02', 'minute', '2024-01-02 12:30:00+00'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, '2024-01-02 06:00:00+00', date '2024-01-02', 'day', '2024-01-02 23:30:00+00'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, '2024-01-03 12:00:00+00', date '2024-01-03', 'minute', '2024-01-05 12:30:00+00'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, '2024-01-01 06:30:00+00', date '2024-01-01', 'minute', '2024-01-01 23:00:00+00');
