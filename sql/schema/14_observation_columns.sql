-- Wind direction and visibility, and which reading of a report the values come from: a later one can complete them.

alter table fact_weather_observation add column wind_deg double;
alter table fact_weather_observation add column visibility_mi double;
alter table fact_weather_observation add column read_at timestamptz;
alter table fact_weather_observation add column value_count integer;

update fact_weather_observation
set
    value_count = (condition is not null)::integer + (temp_f is not null)::integer
    + (feels_like_f is not null)::integer + (dewpoint_f is not null)::integer + (wind_mph is not null)::integer
    + (gust_mph is not null)::integer + (humidity_pct is not null)::integer + (pressure_hpa is not null)::integer
    + (precip_in is not null)::integer
where method = 'nws';
