-- Each source as described by the writer that source_writers() gives.
-- reads: dim_source, source_writers()
-- writes: dim_source
create view dim_source as
select own.* exclude (lake_writer, lake_month)
from lake.dim_source as own
semi join source_writers() as described on described.source_id = own.source_id and described.writer = own.lake_writer;
