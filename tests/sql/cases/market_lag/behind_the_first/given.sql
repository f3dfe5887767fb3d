-- Alpha and beta are in one town and share ten stories; beta is 5, 10 ... 50 minutes behind. One more has only a day, and one
-- has one source.
insert into dim_place values (1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null);
update dim_source set place_key = 'a-mo';
insert into fact_source_day
select source, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-01', date '2024-01-10', interval 1 day) t(d) cross join (values (1), (2)) s(source);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, posted_at, posted_precision)
select
    100 * source + n, source, n::text, 'http://alpha.test/' || source || n, [], 1, date '2024-01-05',
    timestamptz '2024-01-05 12:00:00+00' + to_minutes(if(source = 2, 5 * n, 0)::bigint), if(n = 11, 'day', 'minute')
from range(1, 13) t(n) cross join (values (1), (2)) s(source)
where n < 12 or source = 1;
insert into fact_story select article_id, 100 + article_id % 100, if(article_id = 112, 'alone', 'exact') from fact_article;
