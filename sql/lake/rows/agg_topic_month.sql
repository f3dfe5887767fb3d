-- The rows of agg_topic_month by month of month_date.
-- compares: marked months
-- reads: agg_topic_month, is_compared(), lake_tag()
select
    coalesce(strftime(own.month_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_tag(own.tag_id) as tag_id)
from agg_topic_month as own
where is_compared(own.month_date)
