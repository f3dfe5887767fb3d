-- 28 days with one school article every other day, one day not observed; then seven days with fire on each.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date <> date '2024-01-10'
from generate_series(date '2024-01-01', date '2024-02-04', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + n::integer from range(1, 36) t(n);
insert into fact_article_tag
select n, 3, 'jsonld', 1, 'Schools', false from range(1, 36) t(n) where n % 2 = 1
union all select n, 2, 'jsonld', 2, 'Fire', false from range(29, 36) t(n);
