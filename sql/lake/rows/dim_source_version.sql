-- The rows of dim_source_version, which has no month.
-- reads: dim_source_version
select 'all' as lake_month, own.* from dim_source_version as own
