insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', 'A County', 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-03-02')
from generate_series(date '2024-03-01', date '2024-03-02', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-03-01'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-03-01'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-03-01'), (4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-03-02'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, date '2024-03-01');
insert into fact_story values (1, 1, 'exact'), (2, 1, 'exact'), (3, 3, 'alone');
insert into fact_article_place values
(1, 'Aburg', 'dateline', 1), (1, 'Aburg', 'text', 1), (2, 'Aburg', 'text', 1), (3, 'Bville', 'text', 2), (3, 'Aburg', 'text', 4),
(4, 'Bville', 'text', 2), (5, 'Nowhere', 'text', null);
