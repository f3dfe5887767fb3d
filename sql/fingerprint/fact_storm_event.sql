-- Counts and hashes the rows of fact_storm_event.
-- reads: fact_storm_event
select
    count(*) as rows,
    coalesce(sum(hash((
        event_id, event, state, zone, area, begin_date, begin_at, end_at, office, magnitude, magnitude_unit,
        magnitude_type, tornado_scale, injuries, deaths, damage_usd, crop_damage_usd, lat, lon, narrative
    ))::hugeint), 0)::text as hash
from fact_storm_event;
