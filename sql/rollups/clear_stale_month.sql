delete from stale_month where month_date = getvariable('month_date');
