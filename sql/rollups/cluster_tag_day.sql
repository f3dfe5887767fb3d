-- Lay the changed months anew in order of tag and day: a question about one tag then reads few row groups.
create or replace temp table clustered as
select *
from agg_tag_day
where
    posted_date >= (select coalesce(min(month_date), 'infinity') from stale_month)
    and date_trunc('month', posted_date)::date in (select month_date from stale_month);
delete from agg_tag_day
where
    posted_date >= (select coalesce(min(month_date), 'infinity') from stale_month)
    and date_trunc('month', posted_date)::date in (select month_date from stale_month);
insert into agg_tag_day by name select * from clustered order by date_trunc('month', posted_date), tag_id, posted_date;
drop table clustered;
