-- The rows of agg_tag_pair_month by month of month_date.
-- reads: agg_tag_pair_month
select coalesce(strftime(own.month_date, '%Y-%m'), 'none') as lake_month, own.* from agg_tag_pair_month as own
