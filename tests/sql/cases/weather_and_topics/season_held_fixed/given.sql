insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
-- All of January is cold and full of fire, all of July warm and without: the season explains it, so there is no row for
-- cold. It rains and hails on nine days of July, with floods on those days; the last day was not observed.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-20', interval 1 day) t(d);
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-07-20')
from generate_series(date '2024-07-01', date '2024-07-20', interval 1 day) t(d);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
)
select 1, d::date, 'alpha', 'panel', 1, if(month(d) = 1, 10, 80), if(month(d) = 1, 10, 80), null, null, null, null,
if(month(d) = 7 and day(d) in (2, 3, 7, 12, 13, 14, 18, 19, 20), ['Hail', 'Light Rain'], ['Clear'])
from (select date from fact_source_day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select row_number() over (order by date, n), 1, date || '-' || n, 'http://alpha.test/' || date || n, [], 1, date
from fact_source_day cross join range(0, 2) t(n);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false from fact_article where month(posted_date) = 1
union all
select article_id, 6, 'jsonld', 1, 'Floods', false from fact_article
where month(posted_date) = 7 and day(posted_date) in (2, 3, 7, 12, 13, 14, 18, 19, 20) and article_key like '%-0';
insert into fact_article_tag
select article_id, 4, 'jsonld', 2, 'Weather', true from fact_article where month(posted_date) = 7;
