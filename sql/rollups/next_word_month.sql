-- Sets the variable month_date to the first month whose words are stale, and returns it: null when none is left.
-- reads: stale_word_month
-- writes: variable month_date
set variable month_date = (select min(month_date) from stale_word_month);

select getvariable('month_date') as month_date;
