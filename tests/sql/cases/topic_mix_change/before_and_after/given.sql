-- A new owner on 11 January: fire falls from half of the articles to none, schools rise. The entry of March changes nothing, and
-- the known articles of a day that was not observed count.
insert into source_era values
(1, date '2023-01-01', 'Old & Sons', 'heartland', 'alpha.test'), (1, date '2024-01-11', 'Newco', null, 'alpha.test'),
(1, date '2024-03-01', 'Newco', 'heartland', 'alpha.test');
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, d::date not in (date '2024-01-10')
from generate_series(date '2024-01-01', date '2024-01-20', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + ((n + 1) // 2)::integer from range(1, 41) t(n);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false from fact_article where posted_date < date '2024-01-11' and article_id % 2 = 0
union all select article_id, 3, 'jsonld', 1, 'Schools', false from fact_article where article_id % if(article_id < 21, 5, 2) = 0;
