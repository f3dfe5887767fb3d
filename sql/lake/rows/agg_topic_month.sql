-- The rows of agg_topic_month by month of month_date.
-- reads: agg_topic_month
select coalesce(strftime(own.month_date, '%Y-%m'), 'none') as lake_month, own.* from agg_topic_month as own
