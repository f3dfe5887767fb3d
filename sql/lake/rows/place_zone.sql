-- The rows of place_zone, which has no month.
-- reads: place_zone
select 'all' as lake_month, own.* from place_zone as own
