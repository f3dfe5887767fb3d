-- The rows of agg_tag_coverage by month of date.
-- reads: agg_tag_coverage
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from agg_tag_coverage as own
