-- Adds or updates the periods of each source's history: owner, site system and domain since a date.
-- reads: config_era, dim_source
-- writes: source_era
insert or replace into source_era by name
select dim_source.source_id, config_era.since_date, config_era.owner, config_era.system, config_era.domain
from config_era
join dim_source using (name);
