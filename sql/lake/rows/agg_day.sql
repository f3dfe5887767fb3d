-- The rows of agg_day by month of date.
-- reads: agg_day
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from agg_day as own
