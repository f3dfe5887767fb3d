insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- Two Januaries with ten days cold: in the second, fire appears on cold days only, in the first on all others.
-- Without `since`, the first is more than a year back and does not count.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from (
    select unnest(generate_series(first_date, first_date + 30, interval 1 day)) as d
    from (values (date '2023-01-01'), (date '2024-01-01')) as january(first_date)
);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select 1, d::date, 'alpha', 'panel', 1, if(day(d) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31), 10, 40), if(day(d) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31), 10, 40), null, null, null, null, ['Clear']
from (
    select unnest(generate_series(first_date, first_date + 30, interval 1 day)) as d
    from (values (date '2023-01-01'), (date '2024-01-01')) as january(first_date)
);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-01-01' + ((n - 1) // 4)::integer + if(n > 124, 334, 0)
from range(1, 249) t(n);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false from fact_article
where (day(posted_date) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31)) = (year(posted_date) = 2024) and article_id % 4 = 1
union all select article_id, 3, 'jsonld', 1, 'Schools', false from fact_article where article_id % 4 = 2;
