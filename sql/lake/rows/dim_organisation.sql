-- The rows of dim_organisation, which has no month.
-- reads: dim_organisation
select 'all' as lake_month, own.* from dim_organisation as own
