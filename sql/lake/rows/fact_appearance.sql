-- The rows of fact_appearance by month of from_at.
-- reads: fact_appearance
select coalesce(strftime(own.from_at, '%Y-%m'), 'none') as lake_month, own.* from fact_appearance as own
