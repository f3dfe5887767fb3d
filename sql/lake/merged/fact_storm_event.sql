-- One row of what several writers have read from one service: the first writer's.
-- reads: fact_storm_event
-- writes: fact_storm_event
create view fact_storm_event as
select distinct on (event_id) own.* exclude (lake_writer, lake_month)
from lake.fact_storm_event as own
order by event_id, lake_writer;
