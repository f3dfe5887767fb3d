-- One row of what several writers have: the first writer's.
-- reads: dim_condition
-- writes: dim_condition
create view dim_condition as
select distinct on (condition_id) own.* exclude (lake_writer, lake_month)
from lake.dim_condition as own
order by condition_id, lake_writer;
