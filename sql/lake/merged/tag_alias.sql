-- One row of what several writers have: the first writer's.
-- reads: tag_alias
-- writes: tag_alias
create view tag_alias as
select distinct on (alias_folded, means_folded, since_date) own.* exclude (lake_writer, lake_month)
from lake.tag_alias as own
order by alias_folded, means_folded, since_date, lake_writer;
