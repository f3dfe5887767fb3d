-- Forgets sources whose bodies are no longer in the lake.
-- reads: lake_body_source, variable lake_writer
-- writes: lake_body_source
delete from lake.lake_body_source
where writer = getvariable('lake_writer') and name not in (select name from temp.lake_body_source);
