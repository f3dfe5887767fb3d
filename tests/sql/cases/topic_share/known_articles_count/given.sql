-- Beta was not observed on the second day: its known articles of that day are in the part and in the whole.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-02', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-02')
from generate_series(date '2024-01-01', date '2024-01-02', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-02'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-02'),
(3, 2, 'c', 'http://beta.test/c', [], 1, date '2024-01-02'), (4, 2, 'd', 'http://beta.test/d', [], 1, date '2024-01-01');
insert into fact_article_tag values
(1, 2, 'jsonld', 1, 'Fire', false), (1, 5, 'jsonld', 2, 'Blaze', false), (3, 2, 'jsonld', 1, 'Fire', false),
(4, 5, 'jsonld', 1, 'Blaze', false);
