-- Notes sources whose bodies the lake has from now on.
-- reads: lake_body_source
-- writes: lake_body_source
insert into lake.lake_body_source (name)
select name from temp.lake_body_source
except
select name from lake.lake_body_source;
