-- Alpha, at home in Ash, names two towns of Ash in one article, which counts once, and one of Birch out of range. No source
-- is in Kansas.
insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', 'Ash', 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', 'Ash', 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', 'Birch', 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', 'Cedar', 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-10', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-05'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-06'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2022-01-06');
insert into fact_article_place (article_id, name, place_id, method) values
(1, 'Aburg', 1, 'dateline'), (1, 'Bville', 2, 'text'), (2, 'Aburg', 1, 'text'), (3, 'Ceton', 3, 'text');
