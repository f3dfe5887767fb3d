-- Sources met in pages but not in config get a row of kind web; configured ones are synchronised before any load.
insert into dim_source (source_id, name, kind, title, enabled)
select (select coalesce(max(source_id), 0) from dim_source) + row_number() over (order by source), source, 'web', source, false
from (select distinct source from stage_fetch)
where source not in (select name from dim_source);
