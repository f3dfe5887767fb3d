-- The rows of fact_source_day by month of date.
-- reads: fact_source_day, lake_source()
select
    coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from fact_source_day as own
