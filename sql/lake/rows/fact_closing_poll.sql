-- The rows of fact_closing_poll by month of polled_at.
-- reads: fact_closing_poll
select coalesce(strftime(own.polled_at, '%Y-%m'), 'none') as lake_month, own.* from fact_closing_poll as own
