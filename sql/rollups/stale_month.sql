-- The months whose pairs of tags are to be counted anew.
insert into stale_month by name
select source_id, date_trunc('month', posted_date)::date as month_date from touched_day group by all
except
select source_id, month_date from stale_month;
