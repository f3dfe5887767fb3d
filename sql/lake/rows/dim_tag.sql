-- The rows of dim_tag, which has no month.
-- reads: dim_tag
select 'all' as lake_month, own.* from dim_tag as own
