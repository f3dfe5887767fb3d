-- Lows of 30 on ten days of January are not cold by themselves, but lower than all lows of twenty years; 40 is usual, and
-- no high is unusual. Fire is on the low days only.
insert into dim_place values (1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, 'KXXX');
update dim_source set place_key = 'a-mo' where source_id = 1;
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-31', interval 1 day) t(d);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select
    1, d::date, 'KXXX', 'nws', 24, 60, if(day(d) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31), 30, 40), null, null, null, null, []
from generate_series(date '2024-01-01', date '2024-01-31', interval 1 day) t(d);
insert into agg_weather_normal
select 1, 'KXXX', 'nws', 1, n, 20, 40, 60, range(31, 51), range(50, 70) from range(1, 32) t(n);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2024-01-01' + ((n - 1) // 4)::integer
from range(1, 125) t(n);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false from fact_article
where day(posted_date) in (3, 4, 5, 11, 12, 19, 24, 25, 26, 31) and article_id % 4 = 1;
