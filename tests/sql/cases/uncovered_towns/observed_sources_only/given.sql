insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', 'A County', 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- Aburg has articles, Bville had some two months ago, Ceton none; the Aburg of another state does not count. Beta, whose
-- home is not a known place, has no rows.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-03-02')
from generate_series(date '2024-03-01', date '2024-03-10', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-03-05'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-05'),
(3, 2, 'c', 'http://beta.test/c', [], 1, date '2024-03-05');
insert into fact_article_place values (1, 'Aburg', 'dateline', 1), (2, 'Bville', 'text', 2), (3, 'Ceton', 'text', 3), (1, 'Ceton', 'text', null);
