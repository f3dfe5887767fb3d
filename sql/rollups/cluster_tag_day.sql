-- Lay the month that begins on the variable month_date anew in order of tag and day: a question about one tag then reads few row
-- groups.
create or replace temp table clustered as
select *
from agg_tag_day
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month;
delete from agg_tag_day
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month;
insert into agg_tag_day by name select * from clustered order by tag_id, posted_date;
drop table clustered;
