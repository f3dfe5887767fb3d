-- Sources as the writer describes them that has their exchanges; others as the first writer does.
-- reads: dim_source_version, lake_key, lake_owner
-- writes: dim_source_version
create view dim_source_version as
with owner as (
    select known.id as source_id, owner.writer
    from lake.lake_owner as owner
    join lake.lake_key as known on known.kind = 'source' and known.natural_key = owner.name
)

select own.* exclude (lake_writer, lake_month)
from lake.dim_source_version as own
left join owner on owner.source_id = own.source_id
qualify own.lake_writer = coalesce(owner.writer, min(own.lake_writer) over (partition by own.source_id));
