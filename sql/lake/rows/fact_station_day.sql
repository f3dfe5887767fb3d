-- The rows of fact_station_day by month of date.
-- reads: fact_station_day
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from fact_station_day as own
