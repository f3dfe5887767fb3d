-- Lets only the rows of the months in compared_month be compared, and those without a day (null, in words -infinity).
-- The bounds are constants to the optimizer, so that only their row groups are read.
-- reads: compared_month
-- writes: is_compared(), variable compared_before, variable compared_from, variable compared_months
set variable compared_months = (select list(month_date) from compared_month);
set variable compared_from = (select min(month_date) from compared_month);
set variable compared_before = (select (max(month_date) + interval 1 month)::date from compared_month);

create or replace temp macro is_compared(day) as
day is null or day = '-infinity'
or (
    day >= getvariable('compared_from') and day < getvariable('compared_before')
    and list_contains(getvariable('compared_months'), date_trunc('month', day)::date)
);
