-- The rows of panel_reading by month of captured_at.
-- reads: panel_reading
select coalesce(strftime(own.captured_at, '%Y-%m'), 'none') as lake_month, own.* from panel_reading as own
