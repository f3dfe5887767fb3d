-- The sources whose bodies the lake has and must not have any more.
-- reads: lake_body_source
select name from lake.lake_body_source
except
select name from temp.lake_body_source;
