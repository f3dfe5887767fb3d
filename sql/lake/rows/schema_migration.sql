-- The rows of schema_migration, which has no month.
-- reads: schema_migration
select 'all' as lake_month, own.* from schema_migration as own
