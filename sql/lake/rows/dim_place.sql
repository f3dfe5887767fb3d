-- The rows of dim_place, which has no month.
-- reads: dim_place
select 'all' as lake_month, own.* from dim_place as own
