-- One row of what several writers have: the first writer's.
-- reads: schema_migration
-- writes: schema_migration
create view schema_migration as
select distinct on (name) own.* exclude (lake_writer, lake_month)
from lake.schema_migration as own
order by name, lake_writer;
