-- The sources of which both this warehouse and another writer have exchanges, with that writer's folder and identity.
-- reads: dim_source, fact_fetch, lake_owner, lake_writer, variable lake_writer
select source.name, writer.folder, writer.identity
from dim_source as source
join lake.lake_owner as owner on owner.name = source.name and owner.writer <> getvariable('lake_writer')
join lake.lake_writer as writer on writer.writer = owner.writer
where source.source_id in (select source_id from fact_fetch)
order by source.name;
