-- Marks the months in which this load has exchanges: a day may be observed now that was not before.
-- reads: new_fetch, stale_month
-- writes: stale_month
insert into stale_month by name
select date_trunc('month', local_date)::date as month_date from new_fetch where local_date is not null
except
select month_date from stale_month;
