-- The rows of fact_storm_event by month of begin_date.
-- reads: fact_storm_event
select coalesce(strftime(own.begin_date, '%Y-%m'), 'none') as lake_month, own.* from fact_storm_event as own
