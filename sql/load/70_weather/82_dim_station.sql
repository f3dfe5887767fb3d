-- Adds the positions of stations. A list that is read again replaces what it said of a station from the same day on; a
-- station that has moved keeps a row per position.
-- needs: stage_station
-- reads: new_fetch, stage_station
-- writes: dim_station, listed_station
create or replace temp table listed_station as
select
    staged.station, staged.listed_in, staged.lat, staged.lon, staged.elevation_ft, staged.name, staged.state,
    staged.from_date, staged.until_date, staged.ghcn_id
from stage_station as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
qualify
    row_number() over (
        partition by staged.station, staged.listed_in, staged.from_date
        order by new_fetch.requested_at desc, staged.lat, staged.lon
    ) = 1;

delete from dim_station
where
    (station, listed_in, coalesce(from_date, date '0001-01-01'))
    in (select (station, listed_in, coalesce(from_date, date '0001-01-01')) from listed_station);

insert into dim_station by name
select
    station, listed_in, lat, lon, elevation_ft, name, state, from_date, until_date, ghcn_id
from listed_station;
