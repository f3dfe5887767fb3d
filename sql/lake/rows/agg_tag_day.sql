-- The rows of agg_tag_day by month of posted_date.
-- reads: agg_tag_day
select coalesce(strftime(own.posted_date, '%Y-%m'), 'none') as lake_month, own.* from agg_tag_day as own
