select count(*) as rows, coalesce(sum(hash((
    place_key, name, state, county, zone, lat, lon, station
))::hugeint), 0)::text as content
from dim_place;
