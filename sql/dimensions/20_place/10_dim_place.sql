-- Brings towns in line with config. Keys stay, and so do towns that left config.
-- reads: config_place, dim_place
-- writes: dim_place
merge into dim_place as known
using (
    select
        place_key, name, state, county, zone, lat, lon, station, row_number() over (order by place_key) as number
    from config_place
) as config
    on known.place_key = config.place_key
when matched then
    update set
        name = config.name, state = config.state, county = config.county, zone = config.zone, lat = config.lat,
        lon = config.lon, station = config.station
when not matched then
    insert (place_id, place_key, name, state, county, zone, lat, lon, station) values (
        (select coalesce(max(place_id), 0) from dim_place) + config.number, config.place_key, config.name, config.state,
        config.county, config.zone, config.lat, config.lon, config.station
    );
