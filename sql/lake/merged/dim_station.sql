-- One row of what several writers have: the first writer's.
-- reads: dim_station
-- writes: dim_station
create view dim_station as
select distinct on (station) own.* exclude (lake_writer, lake_month)
from lake.dim_station as own
order by station, lake_writer;
