-- The rows of alert_reference, which has no month.
-- reads: alert_reference
select 'all' as lake_month, own.* from alert_reference as own
