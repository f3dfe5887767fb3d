-- The first month whose rollups over all sources are to be stated anew; null: none is.
set variable month_date = (select min(month_date) from stale_month);
select getvariable('month_date') as month_date;
