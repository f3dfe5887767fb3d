-- January, every third day cold; fire on cold days only, schools on all days.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-31', interval 1 day) t(d);
insert into fact_weather_observation (place, provider, method, observed_at, temp_f, condition, page_count)
select 'Town', 'alpha', 'panel', (d + interval 18 hour)::timestamptz, if(day(d) % 3 = 0, 10, 40), 'Clear', 1
from generate_series(timestamp '2024-01-01', timestamp '2024-01-31', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2024-01-01' + ((n - 1) // 4)::integer
from range(1, 125) t(n);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false from fact_article where day(posted_date) % 3 = 0 and article_id % 4 = 1
union all select article_id, 3, 'jsonld', 1, 'Schools', false from fact_article where article_id % 4 = 2;
