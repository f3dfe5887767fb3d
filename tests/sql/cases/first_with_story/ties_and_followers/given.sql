-- Beta is an hour ahead by its local clock, but behind as an instant. Gamma ties once, has two copies of a story of its own
-- (not shared), and one story whose time is only a day (left out).
insert into dim_source (source_id, name, kind, title, home, zone, call_sign, owner, place_key, enabled) values (3, 'gamma', 'station', 'Gamma', null, 'America/New_York', 'KCCC', null, null, true);
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-03', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, posted_at, posted_local, posted_precision)
values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-01', '2024-01-01 15:00:00+00', '2024-01-01 09:00', 'minute'),
(2, 2, 'b', 'http://beta.test/b', [], 1, date '2024-01-01', '2024-01-01 15:30:00+00', '2024-01-01 09:30', 'minute'),
(3, 3, 'c', 'http://gamma.test/c', [], 1, date '2024-01-01', '2024-01-01 15:00:00+00', '2024-01-01 10:00', 'minute'),
(4, 3, 'd', 'http://gamma.test/d', [], 1, date '2024-01-01', '2024-01-01 17:00:00+00', '2024-01-01 12:00', 'minute'),
(5, 2, 'e', 'http://beta.test/e', [], 1, date '2024-01-02', '2024-01-02 12:00:00+00', '2024-01-02 06:00', 'instant'),
(6, 1, 'f', 'http://alpha.test/f', [], 1, date '2024-01-02', '2024-01-02 14:00:00+00', '2024-01-02 08:00', 'minute'),
(7, 3, 'g', 'http://gamma.test/g', [], 1, date '2024-01-02', '2024-01-02 05:00:00+00', '2024-01-02 00:00', 'day'),
(8, 3, 'h', 'http://gamma.test/h', [], 1, date '2024-01-02', '2024-01-02 13:00:00+00', '2024-01-02 08:00', 'minute'),
(9, 3, 'i', 'http://gamma.test/i', [], 1, date '2024-01-02', '2024-01-02 14:00:00+00', '2024-01-02 09:00', 'minute');
insert into fact_story values (1, 1, 'exact'), (2, 1, 'near'), (3, 1, 'near'), (4, 1, 'exact'),
(5, 5, 'exact'), (6, 5, 'exact'), (7, 5, 'exact'), (8, 8, 'exact'), (9, 8, 'exact');
