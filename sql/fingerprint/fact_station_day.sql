-- Counts and hashes the rows of fact_station_day.
-- reads: fact_station_day
select
    count(*) as rows,
    coalesce(sum(hash((
        station, date, method, max_temp_f, min_temp_f, mean_temp_f, max_feels_like_f, min_feels_like_f, precip_in,
        snow_in, snow_depth_in, mean_wind_mph, max_wind_mph, max_gust_mph, conditions, traces, ends_local
    ))::hugeint), 0)::text as hash
from fact_station_day;
