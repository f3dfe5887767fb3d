-- Marks the months of the touched days: their rollups over all sources must be recomputed.
insert into stale_month by name
select date_trunc('month', posted_date)::date as month_date from touched_day
except
select month_date from stale_month;
