-- Rewrites the month that starts on the variable month_date in order of tag and day, so that a query for one tag reads
-- few row groups.
-- reads: agg_tag_day, variable month_date
-- writes: agg_tag_day
create or replace temp table month_rows as
select
    source_id, tag_id, posted_date, articles, leaf_articles, local_articles, stories, source_stories
from agg_tag_day
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month;

delete from agg_tag_day
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month;

insert into agg_tag_day by name
select
    source_id, tag_id, posted_date, articles, leaf_articles, local_articles, stories, source_stories
from month_rows
order by tag_id, posted_date;

drop table month_rows;
