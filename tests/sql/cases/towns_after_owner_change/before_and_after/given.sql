-- A new owner on 11 January: Aburg falls from half of the articles that name a town to none, Ceton takes its place, Bville
-- stays. In March only the system changes. A town counts once per article, and articles that name no known town do not count.
insert into dim_place values
(1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null), (2, 'b-mo', 'Bville', 'MO', null, 'America/Chicago', 39, -95, null),
(3, 'c-mo', 'Ceton', 'MO', null, 'America/Chicago', 40, -94, null), (4, 'a-ks', 'Aburg', 'KS', null, 'America/Chicago', 39, -96, null);
insert into source_era values
(1, date '2023-01-01', 'Old & Sons', 'heartland', 'alpha.test'), (1, date '2024-01-11', 'Newco', null, 'alpha.test'),
(1, date '2024-03-01', 'Newco', 'blox', 'alpha.test');
insert into fact_source_day
select 1, d::date, 3, 3, 1, 0, 0, 0, true from generate_series(date '2024-01-01', date '2024-01-20', interval 1 day) t(d);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2023-12-31' + ((n + 5) // 6)::integer from range(1, 121) t(n);
insert into fact_article_place
select article_id, 'Aburg', 'dateline', 1 from fact_article where posted_date < date '2024-01-11' and article_id % 3 = 0
union all select article_id, 'Aburg', 'text', 1 from fact_article where posted_date < date '2024-01-11' and article_id % 3 = 0
union all select article_id, 'Bville', 'text', 2 from fact_article where posted_date < date '2024-01-11' and article_id % 3 = 1
union all select article_id, 'Bville', 'text', 2 from fact_article where posted_date >= date '2024-01-11' and article_id % 3 = 1
union all select article_id, 'Nowhere', 'text', null from fact_article where article_id % 3 = 2;
insert into fact_article_place
select article_id, 'Ceton', 'text', 3 from fact_article where posted_date >= date '2024-01-11' and article_id % 3 = 0;
