-- Tags over all sources in the month that begins on the variable month_date, from their days.
delete from agg_topic_month where month_date = getvariable('month_date');
insert into agg_topic_month by name
select
    getvariable('month_date') as month_date, tag_id, sum(articles)::integer as articles,
    sum(leaf_articles)::integer as leaf_articles, sum(stories)::integer as stories,
    sum(observed_articles)::integer as observed_articles,
    sum(observed_leaf_articles)::integer as observed_leaf_articles, sum(observed_stories)::integer as observed_stories
from agg_topic_day
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month
group by tag_id
order by tag_id;
