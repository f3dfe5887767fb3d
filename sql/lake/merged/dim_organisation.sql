-- One row of what several writers have: the first writer's.
-- reads: dim_organisation
-- writes: dim_organisation
create view dim_organisation as
select distinct on (organisation_id) own.* exclude (lake_writer, lake_month)
from lake.dim_organisation as own
order by organisation_id, lake_writer;
