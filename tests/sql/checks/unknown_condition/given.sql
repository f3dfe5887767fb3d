insert into fact_weather_observation (place, provider, method, observed_at, condition, page_count) values
('Aburg', 'alpha', 'panel', '2024-01-08 00:00:00+00', 'Few Clouds', 1), ('Aburg', 'KAAA', 'nws', '2024-01-08 01:00:00+00', 'Light Freezing Rain and Fog/Mist', 1),
('Aburg', 'alpha', 'panel', '2024-01-08 02:00:00+00', 'More Weather', 1), ('Aburg', 'alpha', 'panel', '2024-01-08 03:00:00+00', null, 1),
('Aburg', 'alpha', 'panel', '2023-12-08 03:00:00+00', 'Gloomy', 1);
