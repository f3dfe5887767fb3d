-- Counts and hashes the rows of agg_untagged_day.
-- reads: agg_untagged_day, dim_source
select
    count(*) as rows,
    coalesce(sum(hash((source.name, fact.date))::hugeint), 0)::text as hash
from agg_untagged_day as fact
join dim_source as source on source.source_id = fact.source_id;
