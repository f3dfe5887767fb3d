-- The weather stations near each town (within 60 miles, or loaded for it): how far, and from which day to which day.
-- reads: agg_weather_day, dim_place, dim_station, place_station
-- writes: place_stations
create or replace view place_stations as
with loaded as (
    select
        place_id, provider as station, min(date) as first_date, max(date) as last_date,
        count(distinct date) as days, list_sort(list(distinct method)) as methods
    from agg_weather_day
    where method <> 'panel'
    group by place_id, provider
),

-- Positions in Meteostat's list can be wrong by many miles: where it names a GHCN station, GHCN's position counts.
placed as (
    select
        station.station, station.listed_in, coalesce(surer.lat, station.lat) as lat,
        coalesce(surer.lon, station.lon) as lon, coalesce(surer.elevation_ft, station.elevation_ft) as elevation_ft,
        station.name, station.from_date, station.until_date
    from dim_station as station
    left join dim_station as surer
        on surer.station = station.ghcn_id and surer.listed_in = 'ghcn' and station.listed_in <> 'ghcn'
    qualify
        row_number() over (
            partition by station.station, station.listed_in, station.from_date order by surer.from_date desc nulls last
        ) = 1
),

-- Of several lists the one that is most often right counts; a station that has moved has one row per position.
listed as (
    select
        station, listed_in, lat, lon, elevation_ft, name, from_date,
        coalesce(
            until_date,
            lead(from_date) over (partition by station, listed_in order by from_date nulls first) - 1
        ) as until_date
    from placed
    qualify
        dense_rank() over (
            partition by station
            order by case listed_in when 'mesonet' then 1 when 'ghcn' then 2 else 3 end, listed_in
        ) = 1
),

measured as (
    select
        town.place_id, listed.station, listed.name, listed.elevation_ft, listed.listed_in, listed.from_date,
        listed.until_date,
        2 * 3958.8 * asin(least(1, sqrt(
            pow(sin(radians(listed.lat - town.lat) / 2), 2)
            + cos(radians(town.lat)) * cos(radians(listed.lat)) * pow(sin(radians(listed.lon - town.lon) / 2), 2)
        ))) as miles
    from dim_place as town
    join listed on listed.lat between town.lat - 1 and town.lat + 1
    union all
    select
        known.place_id, listed.station, listed.name, listed.elevation_ft, listed.listed_in, listed.from_date,
        listed.until_date,
        2 * 3958.8 * asin(least(1, sqrt(
            pow(sin(radians(listed.lat - town.lat) / 2), 2)
            + cos(radians(town.lat)) * cos(radians(listed.lat)) * pow(sin(radians(listed.lon - town.lon) / 2), 2)
        )))
    from place_station as known
    join dim_place as town on town.place_id = known.place_id
    join listed on listed.station = known.station and listed.lat not between town.lat - 1 and town.lat + 1
),

near as (
    select measured.*
    from measured
    left join place_station as known on known.place_id = measured.place_id and known.station = measured.station
    where measured.miles <= 60 or known.station is not null
    union all
    select known.place_id, known.station, null, null, null, null, null, null
    from place_station as known
    anti join measured on measured.place_id = known.place_id and measured.station = known.station
)

select
    near.place_id, town.name as place, town.state, near.station, near.name, round(near.miles, 1) as miles,
    near.elevation_ft, near.listed_in, near.from_date, near.until_date, loaded.first_date, loaded.last_date,
    coalesce(loaded.days, 0) as days, coalesce(loaded.methods, []) as methods
from near
join dim_place as town on town.place_id = near.place_id
left join loaded on loaded.place_id = near.place_id and loaded.station = near.station;
