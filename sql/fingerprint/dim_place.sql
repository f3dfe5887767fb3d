-- Counts and hashes the rows of dim_place.
-- reads: dim_place
select
    count(*) as rows,
    coalesce(sum(hash((
        place_key, name, state, county, zone, lat, lon, station
    ))::hugeint), 0)::text as hash
from dim_place;
