-- Notes sources whose bodies the lake has from this writer from now on.
-- reads: lake_body_source, variable lake_writer
-- writes: lake_body_source
insert into lake.lake_body_source (writer, name)
select getvariable('lake_writer') as writer, name from temp.lake_body_source
except
select writer, name from lake.lake_body_source;
