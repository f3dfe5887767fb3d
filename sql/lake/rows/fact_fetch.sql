-- The rows of fact_fetch by month of requested_at.
-- reads: fact_fetch
select coalesce(strftime(own.requested_at, '%Y-%m'), 'none') as lake_month, own.* from fact_fetch as own
