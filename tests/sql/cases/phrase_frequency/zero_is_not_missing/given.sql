-- A phrase is words side by side within one field, whatever stands between them on the page, with accents folded. The 3rd
-- was not observed; the 2nd was, and has none.
insert into fact_source_day values
(1, date '2024-01-01', 3, 3, 1, 0, 0, 0, true),
(1, date '2024-01-02', 3, 3, 0, 0, 0, 0, true),
(1, date '2024-01-03', 0, 0, 0, 0, 0, 2, false),
(1, date '2024-01-04', 3, 3, 1, 0, 0, 0, true),
(1, date '2024-01-05', 0, 0, 0, 0, 0, 2, false);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date, title, summary) values
(1, 1, 'a', 'http://alpha.test/a', [], 1, date '2024-01-01', 'Flash-flood warning', null),
(2, 1, 'b', 'http://alpha.test/b', [], 1, date '2024-01-01', 'The flash', 'Flood of letters'),
(3, 1, 'c', 'http://alpha.test/c', [], 1, date '2024-01-02', 'Flash and flood', null),
(4, 1, 'd', 'http://alpha.test/d', [], 1, date '2024-01-03', 'Roads', 'A FLASH, FLÓOD everywhere'),
(5, 1, 'e', 'http://alpha.test/e', [], 1, date '2024-01-04', 'A flash flood', 'Flash flood again'),
(6, 1, 'f', 'http://alpha.test/f', [], 1, date '2024-01-04', 'Flash flood: a copy', null);
insert into fact_story values (1, 1, 'alone'), (4, 4, 'alone'), (5, 5, 'exact'), (6, 5, 'exact');
