-- Beta posts the story a day before alpha: for the source alpha, it counts at alpha. A named parent topic counts.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-02', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-02', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 2, 'a', 'http://beta.test/a', [], 1, date '2024-01-01'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-02'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-02');
insert into fact_story values (1, 1, 'exact'), (2, 1, 'exact'), (3, 1, 'exact');
insert into fact_article_tag
select n, 4, 'jsonld', 1, 'Weather', true from range(1, 4) t(n)
union all select n, 1, 'jsonld', 2, 'Snow', false from range(1, 4) t(n);
