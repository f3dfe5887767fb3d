-- One row of what several writers have: the first writer's.
-- reads: tag_facet
-- writes: tag_facet
create view tag_facet as
select distinct on (folded) own.* exclude (lake_writer, lake_month)
from lake.tag_facet as own
order by folded, lake_writer;
