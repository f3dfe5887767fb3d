-- As of 10 January, snow has one article: that of the 12th does not count.
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true from generate_series(date '2024-01-01', date '2024-01-12', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date) values
(10, 1, '10', 'http://alpha.test/10', [], 1, date '2024-01-10'), (12, 1, '12', 'http://alpha.test/12', [], 1, date '2024-01-12');
insert into fact_article_tag values (10, 1, 'jsonld', 1, 'Snow', false), (12, 1, 'jsonld', 1, 'Snow', false);
