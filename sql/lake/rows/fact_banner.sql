-- The rows of fact_banner by month of from_at.
-- reads: fact_banner, lake_source()
select
    coalesce(strftime(own.from_at, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from fact_banner as own
