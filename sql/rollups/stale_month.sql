-- The months in which the count of a day changed: their rollups over all sources are to be stated anew.
insert into stale_month by name
select date_trunc('month', posted_date)::date as month_date from touched_day
except
select month_date from stale_month;
