-- Rewrites the months from the variable from_date to before_date, each in order of tag and day, so that a query for one
-- tag reads few row groups.
-- reads: agg_tag_day, variable before_date, variable from_date
-- writes: agg_tag_day
create or replace temp table month_rows as
select
    source_id, tag_id, posted_date, articles, leaf_articles, local_articles, stories, source_stories
from agg_tag_day
where posted_date >= getvariable('from_date') and posted_date < getvariable('before_date');

delete from agg_tag_day
where posted_date >= getvariable('from_date') and posted_date < getvariable('before_date');

insert into agg_tag_day by name
select
    source_id, tag_id, posted_date, articles, leaf_articles, local_articles, stories, source_stories
from month_rows
order by date_trunc('month', posted_date), tag_id, posted_date;

drop table month_rows;
