-- Adds a source of kind `web` for each staged source that has no config. Configured sources are synchronized before any
-- load.
-- reads: dim_source, stage_fetch
-- writes: dim_source
insert into dim_source (source_id, name, kind, title, enabled, store_body)
with unknown as (
    select distinct source as name from stage_fetch where source not in (select name from dim_source)
)

select
    (select coalesce(max(source_id), 0) from dim_source) + row_number() over (order by name) as source_id,
    name, 'web' as kind, name as title, false as enabled, true as store_body
from unknown;
