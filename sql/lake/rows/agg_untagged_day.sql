-- The rows of agg_untagged_day by month of date.
-- reads: agg_untagged_day, lake_source()
select
    coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from agg_untagged_day as own
