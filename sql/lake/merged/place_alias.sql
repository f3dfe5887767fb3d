-- One row of what several writers have: the first writer's.
-- reads: place_alias
-- writes: place_alias
create view place_alias as
select distinct on (folded, place_id) own.* exclude (lake_writer, lake_month)
from lake.place_alias as own
order by folded, place_id, lake_writer;
