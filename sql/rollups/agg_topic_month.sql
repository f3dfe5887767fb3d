-- Tags over all sources in the month that begins on the variable month_date, from their days. Its year is laid anew in order of
-- tag and month: a question about one tag then reads few blocks, and so does one about a year.
create or replace temp table topic_year as
select *
from agg_topic_month
where
    month_date >= date_trunc('year', getvariable('month_date'))
    and month_date < date_trunc('year', getvariable('month_date')) + interval 1 year
    and month_date <> getvariable('month_date')
union all by name
select
    getvariable('month_date') as month_date, tag_id, sum(articles)::integer as articles,
    sum(leaf_articles)::integer as leaf_articles, sum(stories)::integer as stories,
    sum(observed_articles)::integer as observed_articles,
    sum(observed_leaf_articles)::integer as observed_leaf_articles, sum(observed_stories)::integer as observed_stories
from agg_topic_day
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month
group by tag_id;
delete from agg_topic_month
where
    month_date >= date_trunc('year', getvariable('month_date'))
    and month_date < date_trunc('year', getvariable('month_date')) + interval 1 year;
insert into agg_topic_month by name select * from topic_year order by tag_id, month_date;
drop table topic_year;
