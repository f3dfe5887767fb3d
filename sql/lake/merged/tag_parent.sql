-- One row of what several writers have: the first writer's.
-- reads: tag_parent
-- writes: tag_parent
create view tag_parent as
select distinct on (tag_folded, parent_folded) own.* exclude (lake_writer, lake_month)
from lake.tag_parent as own
order by tag_folded, parent_folded, lake_writer;
