-- The days on which the tags of a source had collapsed, in order of source and date.
-- grain: one source x day
-- reads: agg_untagged_day, dim_source
select source.name as source, untagged.date
from agg_untagged_day as untagged
join dim_source as source on source.source_id = untagged.source_id
order by source, untagged.date
