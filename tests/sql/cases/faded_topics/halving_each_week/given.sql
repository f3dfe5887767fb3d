-- Floods: 16, 8, 4, 2, 1, 0, 0, 0 articles in eight weeks of observed days (one missing); schools stay at two a week.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-10')
from generate_series(date '2024-01-01', date '2024-02-25', interval 1 day) t(d);
create temp table plan as
select week, unnest(range(0, [16, 8, 4, 2, 1, 0, 0, 0][week])) as n, 6 as tag from range(1, 9) t(week)
union all select week, unnest(range(0, 2)), 3 from range(1, 9) t(week);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select row_number() over (order by week, tag, n), 1, week || '-' || tag || '-' || n, 'http://alpha.test/' || week || tag || n, [],
1, date '2024-01-01' + (7 * (week - 1))::integer from plan;
insert into fact_article_tag
select article_id, split_part(article_key, '-', 2)::integer, 'jsonld', 1, 'x', false from fact_article;
