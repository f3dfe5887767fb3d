-- One row of what several writers have read from one service: the first writer's.
-- reads: fact_station_day
-- writes: fact_station_day
create view fact_station_day as
select distinct on (station, date, method) own.* exclude (lake_writer, lake_month)
from lake.fact_station_day as own
order by station, date, method, lake_writer;
