-- The rows of agg_template_day by month of date.
-- reads: agg_template_day
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from agg_template_day as own
