-- Returns the stretches of a source's history: owner, site system, domain.
-- grain: one stretch
-- reads: dim_source, source_era
select era.since_date, era.owner, era.system, era.domain
from source_era as era
join dim_source as source on source.source_id = era.source_id
where source.name = $name::text
order by era.since_date
