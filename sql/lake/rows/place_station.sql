-- The rows of place_station, which has no month.
-- reads: place_station
select 'all' as lake_month, own.* from place_station as own
