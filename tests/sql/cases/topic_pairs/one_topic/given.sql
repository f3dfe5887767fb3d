-- Fire is the larger key of its pair with snow, but comes first as the named topic. An article with both names of fire counts
-- once. February is out of range.
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date)
select n, 1, n::text, 'http://alpha.test/' || n, [], 1, date '2024-01-05' + n::integer from range(1, 11) t(n)
union all select 50, 1, 'x', 'http://alpha.test/x', [], 1, date '2024-02-01';
insert into fact_article_tag values
(1, 2, 'jsonld', 1, 'Fire', false), (1, 1, 'jsonld', 2, 'Snow', false), (1, 5, 'jsonld', 3, 'Blaze', false),
(2, 5, 'jsonld', 1, 'Blaze', false), (2, 1, 'jsonld', 2, 'Snow', false), (3, 2, 'jsonld', 1, 'Fire', false),
(4, 1, 'jsonld', 1, 'Snow', false), (4, 3, 'jsonld', 2, 'Schools', false),
(50, 2, 'jsonld', 1, 'Fire', false), (50, 1, 'jsonld', 1, 'Snow', false);
