-- Snow has one article a day, and four from 1 February on; 3 February was not observed.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-02-03')
from generate_series(date '2024-01-05', date '2024-02-08', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, if(n <= 35, date '2024-01-04' + n::integer, date '2024-02-01' + ((n - 36) // 3)::integer)
from range(1, 60) t(n);
insert into fact_article_tag select article_id, 1, 'jsonld', 1, 'Snow', false from fact_article;
insert into fact_article_tag select article_id, 4, 'jsonld', 2, 'Weather', true from fact_article;
