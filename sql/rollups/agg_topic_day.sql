-- Tags over all sources, day by day of the month that begins on the variable month_date, from the rollup by source; laid in
-- order of tag and day.
delete from agg_topic_day
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month;
insert into agg_topic_day by name
with looked as (
    select source_id, date
    from fact_source_day
    where observed and date >= getvariable('month_date') and date < getvariable('month_date') + interval 1 month
)
select
    posted_date, tag_id, sum(articles)::integer as articles, sum(leaf_articles)::integer as leaf_articles,
    sum(stories)::integer as stories,
    coalesce(sum(articles) filter (looked.date is not null), 0)::integer as observed_articles,
    coalesce(sum(leaf_articles) filter (looked.date is not null), 0)::integer as observed_leaf_articles,
    coalesce(sum(stories) filter (looked.date is not null), 0)::integer as observed_stories
from agg_tag_day as tag_day
left join looked on looked.source_id = tag_day.source_id and looked.date = tag_day.posted_date
where posted_date >= getvariable('month_date') and posted_date < getvariable('month_date') + interval 1 month
group by posted_date, tag_id
order by tag_id, posted_date;
