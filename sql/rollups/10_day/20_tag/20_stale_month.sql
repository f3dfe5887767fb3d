-- Marks the months of the touched days: their rollups over all sources must be recomputed.
-- needs: article exchanges, stale_article
-- reads: stale_month, touched_day
-- writes: stale_month
insert into stale_month by name
select date_trunc('month', posted_date)::date as month_date from touched_day
except
select month_date from stale_month;
