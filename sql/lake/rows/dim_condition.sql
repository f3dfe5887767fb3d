-- The rows of dim_condition, which has no month.
-- reads: dim_condition
select 'all' as lake_month, own.* from dim_condition as own
