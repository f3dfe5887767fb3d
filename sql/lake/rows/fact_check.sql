-- The rows of fact_check by month of the check.
-- reads: fact_check
select coalesce(strftime(own.checked_at, '%Y-%m'), 'none') as lake_month, own.* from fact_check as own
