-- One cold day and one mild day with an article each, none about snow.
insert into dim_place values (1, 'a-mo', 'Aburg', 'MO', null, 'America/Chicago', 39, -94, null);
update dim_source set place_key = 'a-mo' where source_id = 1;
insert into fact_source_day values
(1, '2024-01-01', 3, 3, 1, 0, 0, 0, true), (1, '2024-01-02', 3, 3, 1, 0, 0, 0, true);
insert into agg_weather_day (
    place_id, date, provider, method, observations, max_temp_f, min_temp_f, max_feels_like_f, min_feels_like_f,
    max_gust_mph, precip_in, conditions
) values
(1, '2024-01-01', 'alpha', 'panel', 1, 10, 10, null, null, null, null, ['Clear']),
(1, '2024-01-02', 'alpha', 'panel', 1, 40, 40, null, null, null, null, ['Clear']);
insert into fact_article (article_id, source_id, article_key, url, authors, revisions, posted_date) values
(1, 1, '1', 'http://alpha.test/1', [], 1, '2024-01-01'), (2, 1, '2', 'http://alpha.test/2', [], 1, '2024-01-02');
insert into fact_article_tag values (1, 3, 'jsonld', 1, 'Schools', false);
