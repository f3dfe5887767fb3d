-- The rows of fact_alert by month of sent_at.
-- reads: fact_alert
select coalesce(strftime(own.sent_at, '%Y-%m'), 'none') as lake_month, own.* from fact_alert as own
