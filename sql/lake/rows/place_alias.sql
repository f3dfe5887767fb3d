-- The rows of place_alias, which has no month.
-- reads: place_alias
select 'all' as lake_month, own.* from place_alias as own
