-- One row of what several writers have: the first writer's.
-- reads: place_station
-- writes: place_station
create view place_station as
select distinct on (place_id, station) own.* exclude (lake_writer, lake_month)
from lake.place_station as own
order by place_id, station, lake_writer;
