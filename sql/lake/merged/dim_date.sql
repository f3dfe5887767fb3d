-- One row of what several writers have: the first writer's.
-- reads: dim_date
-- writes: dim_date
create view dim_date as
select distinct on (date) own.* exclude (lake_writer, lake_month)
from lake.dim_date as own
order by date, lake_writer;
