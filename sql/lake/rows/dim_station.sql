-- The rows of dim_station, which has no month.
-- reads: dim_station
select 'all' as lake_month, own.* from dim_station as own
