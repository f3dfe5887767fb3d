-- Two sources with one fire article a day each; in the last week beta was not observed: fire does not rise.
-- Schools appear now, at alpha only.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-04', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-28', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + n::integer from range(1, 36) t(n)
union all
select 100 + n, 2, n::text, 'http://beta.test/' || n, [], 1, date '2023-12-31' + n::integer from range(1, 36) t(n);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false from fact_article
union all select article_id, 3, 'jsonld', 2, 'Schools', false from fact_article where article_id between 29 and 35;
