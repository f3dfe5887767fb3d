-- Alpha tags four of five articles a day until 22 January, then one of ten, all on fire; beta tags all of its five, and one
-- a day is on fire. No day was observed. From the 22nd, only beta counts: one of five.
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, first_seen_date)
select
    1000 * source + n, source, n::text, 'http://' || if(source = 1, 'alpha', 'beta') || '.test/' || n, [], 1,
    date '2024-01-01' + (n // 5)::integer, date '2024-01-01' + (n // 5)::integer
from range(0, 210) t(n) cross join (values (1), (2)) s(source);
insert into fact_article_tag
select article_id, 2, 'jsonld', 1, 'Fire', false
from fact_article
where
    if(posted_date < date '2024-01-22', source_id = 1 and article_id % 5 > 0, source_id = 1 and article_id % 10 = 0)
    or (source_id = 2 and article_id % 5 = 0);
insert into fact_article_tag
select article_id, 3, 'jsonld', 1, 'Schools', false from fact_article where source_id = 2 and article_id % 5 > 0;
