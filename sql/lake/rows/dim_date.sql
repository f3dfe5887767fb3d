-- The rows of dim_date, which has no month.
-- reads: dim_date
select 'all' as lake_month, own.* from dim_date as own
