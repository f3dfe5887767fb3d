-- The rows of agg_tag_coverage by month of date.
-- reads: agg_tag_coverage, lake_source()
select
    coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from agg_tag_coverage as own
