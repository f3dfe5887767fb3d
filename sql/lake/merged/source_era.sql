-- Each source as described by the writer that source_writers() gives.
-- reads: source_era, source_writers()
-- writes: source_era
create view source_era as
select own.* exclude (lake_writer, lake_month)
from lake.source_era as own
semi join source_writers() as described on described.source_id = own.source_id and described.writer = own.lake_writer;
