-- Forgets sources whose bodies are no longer in the lake.
-- reads: lake_body_source
-- writes: lake_body_source
delete from lake.lake_body_source where name not in (select name from temp.lake_body_source);
