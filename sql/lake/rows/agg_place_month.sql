-- The rows of agg_place_month by month of month_date.
-- reads: agg_place_month
select coalesce(strftime(own.month_date, '%Y-%m'), 'none') as lake_month, own.* from agg_place_month as own
