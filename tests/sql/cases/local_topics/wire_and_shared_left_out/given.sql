insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-03')
from generate_series(date '2024-01-01', date '2024-01-03', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, origin_kind) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-01', 'own'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-01', 'wire'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-02', 'sister'), (4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-02', 'own'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, date '2024-01-03', 'own'), (6, 1, 'f', 'http://alpha.test/f', [], 1, date '2024-01-02', null);
insert into fact_article_tag select n, 2, 'jsonld', 1, 'Fire', false from range(1, 7) t(n);
insert into fact_article_tag values (4, 3, 'jsonld', 2, 'Schools', false), (2, 6, 'jsonld', 2, 'Floods', false),
(4, 4, 'jsonld', 3, 'Weather', true);
