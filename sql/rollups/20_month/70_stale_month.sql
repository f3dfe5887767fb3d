-- Removes the months from the variable from_date to before_date from the stale months: their rollups are up to date.
-- reads: variable before_date, variable from_date
-- writes: stale_month
delete from stale_month where month_date >= getvariable('from_date') and month_date < getvariable('before_date');
