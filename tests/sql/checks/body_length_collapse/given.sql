insert into fact_source_day
select 1, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) t(d);
insert into fact_source_day
select 2, d::date, 3, 3, 5, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, fetch_id, posted_date, word_count)
select row_number() over (), source, d || '-' || n, 'http://alpha.test/' || d || n, [], 1, 1, d::date,
if(source = 1 and d >= date '2024-01-30', 50, 300)
from generate_series(date '2024-01-01', date '2024-02-01', interval 1 day) t(d) cross join range(0, 4) r(n)
cross join (values (1), (2)) s(source);
