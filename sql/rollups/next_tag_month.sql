-- Sets the variable month_date to the first stale month after it, the first of all when it is null, and returns it:
-- null when none is left.
-- reads: stale_month, variable month_date
-- writes: variable month_date
set variable month_date = (
    select min(month_date) from stale_month where month_date > coalesce(getvariable('month_date'), '-infinity'::date)
);

select getvariable('month_date') as month_date;
