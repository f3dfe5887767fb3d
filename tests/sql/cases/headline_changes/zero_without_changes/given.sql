-- Only articles fetched twice can show a change: two of alpha's three were.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-02', interval 1 day) t(d);
insert into fact_article
(article_id, source_id, article_key, url, authors, revisions, posted_date, first_seen_date, first_seen_at, last_seen_at) values
(1, 1, 'a', 'http://alpha.test/a', [], 3, date '2024-01-01', date '2024-01-01', '2024-01-01 12:00:00+00', '2024-01-02 12:00:00+00'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-01', date '2024-01-01', '2024-01-01 12:00:00+00', '2024-01-02 12:00:00+00'),
(3, 2, 'c', 'http://beta.test/c', [], 1, null, date '2024-01-01', '2024-01-01 12:00:00+00', '2024-01-02 12:00:00+00'),
(4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-02', date '2024-01-02', '2024-01-02 12:00:00+00', '2024-01-02 12:00:00+00');
insert into fact_article_revision values
(1, 1, '2024-01-01 00:00:00+00', null, 's1', 'first', true, true, true, false, 1),
(1, 2, '2024-01-01 02:00:00+00', null, 's2', 'headline', true, false, false, false, 2),
(1, 3, '2024-01-01 04:00:00+00', null, 's3', 'several', true, true, false, false, 3);
