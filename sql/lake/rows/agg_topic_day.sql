-- The rows of agg_topic_day by month of posted_date.
-- compares: marked months
-- reads: agg_topic_day, is_compared(), lake_tag()
select
    coalesce(strftime(own.posted_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (lake_tag(own.tag_id) as tag_id)
from agg_topic_day as own
where is_compared(own.posted_date)
