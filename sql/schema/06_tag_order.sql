-- The rollups over all sources lie in order of tag, days month by month and months year by year: a
-- question about one tag then reads few blocks. Their rows stay as they are.
create temp table laid as select * from agg_topic_day;
delete from agg_topic_day;
insert into agg_topic_day select * from laid order by date_trunc('month', posted_date), tag_id, posted_date;
drop table laid;
create temp table laid as select * from agg_topic_month;
delete from agg_topic_month;
insert into agg_topic_month select * from laid order by date_trunc('year', month_date), tag_id, month_date;
drop table laid;
