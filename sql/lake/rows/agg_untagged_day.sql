-- The rows of agg_untagged_day by month of date.
-- reads: agg_untagged_day
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from agg_untagged_day as own
