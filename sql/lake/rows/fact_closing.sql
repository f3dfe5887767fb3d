-- The rows of fact_closing by month of effective_date.
-- reads: fact_closing
select coalesce(strftime(own.effective_date, '%Y-%m'), 'none') as lake_month, own.* from fact_closing as own
