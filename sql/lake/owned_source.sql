-- Notes the sources of which this writer has exchanges.
-- reads: dim_source, fact_fetch, lake_owner, variable lake_writer
-- writes: lake_owner
insert into lake.lake_owner (writer, name)
select getvariable('lake_writer') as writer, name from dim_source where source_id in (select source_id from fact_fetch)
except
select writer, name from lake.lake_owner;
