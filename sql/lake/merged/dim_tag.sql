-- One row per label, of the writer that has seen it last.
-- reads: dim_tag
-- writes: dim_tag
create view dim_tag as
select distinct on (tag_id) own.* exclude (lake_writer, lake_month)
from lake.dim_tag as own
order by tag_id, label_at desc nulls last, lake_writer;
