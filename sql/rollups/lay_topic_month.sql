-- Lay agg_topic_month in order of tag from the month of the variable laid_from on: a question about one tag then reads few
-- blocks.
create or replace temp table laid as select * from agg_topic_month where month_date >= getvariable('laid_from');
delete from agg_topic_month where month_date >= getvariable('laid_from');
insert into agg_topic_month select * from laid order by tag_id, month_date;
drop table laid;
