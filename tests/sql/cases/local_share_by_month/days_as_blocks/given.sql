-- In January alpha's four days are all local or all wire, in February each day is half of both: the same share, but January
-- tells less. An article of unknown origin does not count.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-02-10', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, origin_kind)
select
    n, 1, n::text, 'http://alpha.test/' || n, [], 1,
    if(n < 40, date '2024-01-01' + (n // 10)::integer, date '2024-02-01' + ((n - 40) // 10)::integer),
    if(if(n < 40, (n // 10) % 2 = 0, n % 2 = 0), 'own', 'wire')
from range(0, 80) t(n)
union all select 99, 1, 'x', 'http://alpha.test/x', [], 1, date '2024-01-01', null;
