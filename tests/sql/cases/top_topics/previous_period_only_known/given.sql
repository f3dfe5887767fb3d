insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true
from generate_series(date '2024-01-05', date '2024-01-06', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
values (1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-05'), (2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-03');
insert into fact_article_tag values (1, 2, 'jsonld', 1, 'Fire', false), (2, 2, 'jsonld', 1, 'Fire', false);
