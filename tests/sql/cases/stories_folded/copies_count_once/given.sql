-- Beta posts the story first, alpha posts two copies. Alpha was not observed in February, where one article
-- of it is known, and beta has no row in March.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-30', date '2024-01-31', interval 1 day) t(d);
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-02-28', date '2024-02-29')
from generate_series(date '2024-02-28', date '2024-02-29', interval 1 day) t(d);
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-03-01', date '2024-03-01', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-31', date '2024-01-31', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, posted_local) values
(1, 2, 'a', 'http://beta.test/a', [], 1, date '2024-01-31', '2024-01-31 08:00'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-31', '2024-01-31 09:00'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-31', '2024-01-31 10:00'), (4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-30', null),
(5, 1, 'e', 'http://alpha.test/e', [], 1, date '2024-02-28', null), (6, 1, 'f', 'http://alpha.test/f', [], 1, date '2024-03-01', null);
insert into fact_story values (1, 1, 'exact'), (2, 1, 'exact'), (3, 1, 'near'), (4, 4, 'alone'), (5, 5, 'alone'), (6, 6, 'alone');
