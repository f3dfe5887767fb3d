insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date <> date '2024-01-09'
from generate_series(date '2024-01-01', date '2024-01-10', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + n::integer from range(1, 11) t(n);
insert into fact_article_tag values
(1, 2, 'jsonld', 1, 'Fire', false), (1, 2, 'tag_box', 1, 'Fire', false), (1, 3, 'jsonld', 2, 'Schools', false),
(2, 2, 'jsonld', 1, 'Fire', false), (2, 3, 'jsonld', 2, 'Schools', false), (3, 3, 'jsonld', 1, 'Schools', false),
(1, 1, 'jsonld', 3, 'Snow', false), (1, 4, 'jsonld', 4, 'Weather', false),
(2, 1, 'jsonld', 3, 'Snow', false), (2, 4, 'jsonld', 4, 'Weather', true),
(9, 1, 'jsonld', 3, 'Snow', false), (9, 2, 'jsonld', 4, 'Fire', false);
