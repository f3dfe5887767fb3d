-- One row of what several writers have: the first writer's.
-- reads: place_zone
-- writes: place_zone
create view place_zone as
select distinct on (place_id, zone) own.* exclude (lake_writer, lake_month)
from lake.place_zone as own
order by place_id, zone, lake_writer;
