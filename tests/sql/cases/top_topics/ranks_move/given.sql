-- Four days now, four before with one not observed, but known: fire was first and is second now, snow is new, and an article with the
-- old and the new name of fire counts once. Parent topics are left out.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-02')
from generate_series(date '2024-01-01', date '2024-01-08', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + n::integer from range(1, 9) t(n);
insert into fact_article_tag values
(1, 2, 'jsonld', 1, 'Fire', false), (2, 2, 'jsonld', 1, 'Fire', false), (3, 2, 'jsonld', 1, 'Fire', false),
(3, 3, 'jsonld', 1, 'Schools', false), (5, 3, 'jsonld', 1, 'Schools', false), (6, 3, 'jsonld', 1, 'Schools', false),
(7, 3, 'jsonld', 1, 'Schools', false), (7, 2, 'jsonld', 2, 'Fire', false), (7, 5, 'jsonld', 3, 'Blaze', false),
(8, 5, 'jsonld', 1, 'Blaze', false), (8, 1, 'jsonld', 2, 'Snow', false), (8, 4, 'jsonld', 3, 'Weather', true);
insert into fact_story values (5, 5, 'exact'), (6, 5, 'exact');
