-- Great-circle miles between two towns (haversine on a sphere of 3958.8 miles).
-- reads: dim_place
-- writes: town_distance
create or replace view town_distance as
select
    one.place_id, other.place_id as other_place_id,
    2 * 3958.8 * asin(least(1, sqrt(
        pow(sin(radians(other.lat - one.lat) / 2), 2)
        + cos(radians(one.lat)) * cos(radians(other.lat)) * pow(sin(radians(other.lon - one.lon) / 2), 2)
    ))) as miles
from dim_place as one
join dim_place as other on other.place_id <> one.place_id;
