-- One row of what several writers have: the first writer's.
-- reads: dim_place
-- writes: dim_place
create view dim_place as
select distinct on (place_id) own.* exclude (lake_writer, lake_month)
from lake.dim_place as own
order by place_id, lake_writer;
