-- Alpha posts five articles a day, four with a tag until a redesign on 22 January, none since; beta never has a tag, and has
-- none to lose. The 20th was not observed.
insert into fact_source_day
select source, d::date, 3, 3, 5, 0, 0, 0, d::date <> date '2024-01-20'
from generate_series(date '2024-01-01', date '2024-02-04', interval 1 day) t(d) cross join (values (1), (2)) s(source);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select
    1000 * source + n, source, n::text, 'http://' || if(source = 1, 'alpha', 'beta') || '.test/' || n, [], 1,
    date '2024-01-01' + (n // 5)::integer
from range(0, 175) t(n) cross join (values (1), (2)) s(source);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false
from fact_article where source_id = 1 and posted_date < date '2024-01-22' and article_id % 5 > 0;
