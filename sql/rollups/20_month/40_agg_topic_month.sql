-- Recomputes tags over all sources for the months from the variable from_date to before_date, and rewrites their years,
-- each in order of tag and month: a query for one tag, or for one year, then reads few blocks.
-- reads: agg_topic_day, agg_topic_month, variable before_date, variable from_date
-- writes: agg_topic_month
create or replace temp table topic_year as
select
    month_date, tag_id, articles, leaf_articles, stories, observed_articles, observed_leaf_articles, observed_stories
from agg_topic_month
where
    month_date >= date_trunc('year', getvariable('from_date'))
    and month_date < date_trunc('year', getvariable('before_date') - 1) + interval 1 year
    and not (month_date >= getvariable('from_date') and month_date < getvariable('before_date'))
union all by name
select
    date_trunc('month', posted_date)::date as month_date, tag_id, sum(articles)::integer as articles,
    sum(leaf_articles)::integer as leaf_articles, sum(stories)::integer as stories,
    sum(observed_articles)::integer as observed_articles,
    sum(observed_leaf_articles)::integer as observed_leaf_articles, sum(observed_stories)::integer as observed_stories
from agg_topic_day
where posted_date >= getvariable('from_date') and posted_date < getvariable('before_date')
group by month_date, tag_id;

delete from agg_topic_month
where
    month_date >= date_trunc('year', getvariable('from_date'))
    and month_date < date_trunc('year', getvariable('before_date') - 1) + interval 1 year;

insert into agg_topic_month by name
select
    month_date, tag_id, articles, leaf_articles, stories, observed_articles, observed_leaf_articles, observed_stories
from topic_year
order by date_trunc('year', month_date), tag_id, month_date;

drop table topic_year;
