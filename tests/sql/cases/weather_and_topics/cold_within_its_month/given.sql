insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- January, ten days cold; fire on cold days only, schools on all days. The cold of another town does not count.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-31', interval 1 day) t(d);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select 1, d::date, 'alpha', 'panel', 1, if(day(d) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31), 10, 40), if(day(d) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31), 10, 40), null, null, null, null, ['Clear']
from generate_series(date '2024-01-01', date '2024-01-31', interval 1 day) t(d);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select 2, d::date, 'alpha', 'panel', 1, -5, -5, null, null, null, null, ['Snow']
from generate_series(date '2024-01-01', date '2024-01-31', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2024-01-01' + ((n - 1) // 4)::integer
from range(1, 125) t(n);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false from fact_article where day(posted_date) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31) and article_id % 4 = 1
union all select article_id, 3, 'jsonld', 1, 'Schools', false from fact_article where article_id % 4 = 2;
