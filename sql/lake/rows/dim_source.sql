-- The rows of dim_source, which has no month.
-- reads: dim_source
select 'all' as lake_month, own.* from dim_source as own
