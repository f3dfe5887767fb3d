-- Counts and hashes the rows of dim_station.
-- reads: dim_station
select
    count(*) as rows,
    coalesce(sum(hash((
        station, listed_in, lat, lon, elevation_ft, name, state, from_date, until_date, ghcn_id
    ))::hugeint), 0)::text as hash
from dim_station;
