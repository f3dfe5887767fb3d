-- The rows of agg_template_day by month of date.
-- compares: marked months
-- reads: agg_template_day, is_compared(), lake_source()
select
    coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_source(own.source_id) as source_id)
from agg_template_day as own
where is_compared(own.date)
