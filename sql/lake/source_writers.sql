-- The writer whose description of a source counts: the one that has its exchanges, or the first if none has.
-- reads: dim_source, lake_owner
-- writes: source_writers()
create macro source_writers() as table
    select own.source_id, coalesce(min(owner.writer), min(own.lake_writer)) as writer
    from lake.dim_source as own
    left join lake.lake_owner as owner on owner.name = own.name
    group by own.source_id;
