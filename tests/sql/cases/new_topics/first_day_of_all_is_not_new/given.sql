insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date <> date '2024-01-09'
from generate_series(date '2024-01-01', date '2024-01-10', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + n::integer from range(1, 11) t(n);
insert into fact_article_tag values
(1, 2, 'jsonld', 1, 'Fire', false), (10, 2, 'jsonld', 1, 'Fire', false),
(6, 3, 'jsonld', 1, 'Schools', false), (7, 1, 'jsonld', 1, 'Snow', false), (8, 5, 'jsonld', 1, 'Blaze', false),
(9, 6, 'jsonld', 1, 'Floods', false);
