-- Observed from 1 to 12 January except the 9th; as of the 10th, snow has one article, and its later ones do not count.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-09')
from generate_series(date '2024-01-01', date '2024-01-12', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + n::integer from range(1, 13) t(n);
insert into fact_article_tag values
(1, 2, 'jsonld', 1, 'Fire', false), (10, 2, 'jsonld', 1, 'Fire', false), (11, 5, 'jsonld', 1, 'Blaze', false),
(5, 3, 'jsonld', 1, 'Schools', false), (9, 6, 'jsonld', 1, 'Floods', false), (11, 6, 'jsonld', 1, 'Floods', false),
(10, 1, 'jsonld', 2, 'Snow', false), (12, 1, 'jsonld', 2, 'Snow', false), (12, 4, 'jsonld', 2, 'Weather', true);
insert into fact_story values (10, 10, 'exact'), (12, 10, 'exact');
