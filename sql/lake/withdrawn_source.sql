-- The sources whose bodies the lake has from this writer and must no longer have.
-- reads: lake_body_source, variable lake_writer
select name from lake.lake_body_source where writer = getvariable('lake_writer')
except
select name from temp.lake_body_source;
