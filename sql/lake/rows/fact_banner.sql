-- The rows of fact_banner by month of from_at.
-- reads: fact_banner
select coalesce(strftime(own.from_at, '%Y-%m'), 'none') as lake_month, own.* from fact_banner as own
