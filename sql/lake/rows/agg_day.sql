-- The rows of agg_day by month of date.
-- compares: marked months
-- reads: agg_day, is_compared()
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from agg_day as own
where is_compared(own.date)
