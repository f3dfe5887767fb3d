-- Removes the month that starts on the variable month_date from the stale months: its rollups are up to date.
-- reads: variable month_date
-- writes: stale_month
delete from stale_month where month_date = getvariable('month_date');
