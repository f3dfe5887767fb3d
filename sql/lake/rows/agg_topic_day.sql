-- The rows of agg_topic_day by month of posted_date.
-- reads: agg_topic_day
select coalesce(strftime(own.posted_date, '%Y-%m'), 'none') as lake_month, own.* from agg_topic_day as own
