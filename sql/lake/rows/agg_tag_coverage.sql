-- The rows of agg_tag_coverage by month of date.
-- compares: marked months
-- reads: agg_tag_coverage, is_compared(), lake_source()
select
    coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from agg_tag_coverage as own
where is_compared(own.date)
