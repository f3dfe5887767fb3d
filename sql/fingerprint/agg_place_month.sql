-- Counts and hashes the rows of agg_place_month.
-- reads: agg_place_month, dim_place, dim_source
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, town.place_key, fact.month_date, fact.last_date
    ))::hugeint), 0)::text as hash
from agg_place_month as fact
join dim_source as source on source.source_id = fact.source_id
join dim_place as town on town.place_id = fact.place_id;
