-- The rows of fact_source_day by month of date.
-- reads: fact_source_day
select coalesce(strftime(own.date, '%Y-%m'), 'none') as lake_month, own.* from fact_source_day as own
