-- The rows of source_era, which has no month.
-- reads: source_era
select 'all' as lake_month, own.* from source_era as own
