-- Storm events of the county or zone that each town lies in: one row per town and event.
-- reads: dim_place, fact_storm_event, place_zone
-- writes: town_storms
create or replace view town_storms as
select
    town.place_id, town.name as place, town.state, storm.event_id, storm.event, storm.begin_date, storm.begin_at,
    storm.end_at, storm.magnitude, storm.magnitude_unit, storm.injuries, storm.deaths, storm.damage_usd, storm.area,
    storm.zone, storm.narrative
from fact_storm_event as storm
join dim_place as town
    on
        town.state = storm.state
        and (
            upper(town.county) = upper(storm.area)
            or exists (
                select 1 from place_zone where place_zone.place_id = town.place_id and place_zone.zone = storm.zone
            )
        );
