-- An article without a day of posting counts by the day it was first seen; one of another source does not count.
insert into fact_source_day values
(1, date '2024-01-01', 3, 3, 1, 0, 0, 0, true), (2, date '2024-01-01', 3, 3, 1, 0, 0, 0, true);
insert into fact_article
(article_id, source_id, article_key, url, authors, revisions, posted_date, first_seen_date, title) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, null, date '2024-01-01', 'Snow in town'),
(2, 1, 'b', 'http://alpha.test/b', [], 1, date '2023-12-31', date '2024-01-01', 'Snow in town again'),
(3, 2, 'c', 'http://beta.test/c', [], 1, date '2024-01-01', date '2024-01-01', 'Snow in town');
insert into fact_story values (1, 1, 'alone'), (2, 2, 'alone'), (3, 3, 'alone');
