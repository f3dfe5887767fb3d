-- The months in which somebody looked, as far as this batch brings looks: a day that is observed now may have been blind.
insert into stale_month by name
select date_trunc('month', local_date)::date as month_date from new_fetch where local_date is not null
except
select month_date from stale_month;
