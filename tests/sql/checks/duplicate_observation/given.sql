insert into fact_weather_observation (place, provider, method, observed_at, page_count) values
('Aburg', 'alpha', 'panel', '2024-01-01 00:00:00+00', 1), ('Aburg', 'alpha', 'panel', '2024-01-01 00:00:00+00', 1),
('Aburg', 'alpha', 'metar', '2024-01-01 00:00:00+00', 1), ('Aburg', 'beta', 'panel', '2024-01-01 00:00:00+00', 1), ('Aburg', 'alpha', 'panel', null, 1), ('Aburg', 'alpha', 'panel', null, 1);
