-- Recomputes tags per day over all sources, for the months from the variable from_date to before_date, each in order of
-- tag and day. For tags, a day on which those of the source had collapsed was not observed.
-- reads: agg_tag_day, agg_untagged_day, fact_source_day, variable before_date, variable from_date
-- writes: agg_topic_day
delete from agg_topic_day
where posted_date >= getvariable('from_date') and posted_date < getvariable('before_date');

insert into agg_topic_day by name
with observed_day as (
    select source_id, date
    from fact_source_day
    anti join agg_untagged_day using (source_id, date)
    where observed and date >= getvariable('from_date') and date < getvariable('before_date')
)

select
    posted_date, tag_id, sum(articles)::integer as articles, sum(leaf_articles)::integer as leaf_articles,
    sum(stories)::integer as stories,
    coalesce(sum(articles) filter (observed_day.date is not null), 0)::integer as observed_articles,
    coalesce(sum(leaf_articles) filter (observed_day.date is not null), 0)::integer as observed_leaf_articles,
    coalesce(sum(stories) filter (observed_day.date is not null), 0)::integer as observed_stories
from agg_tag_day as tag_day
left join observed_day on observed_day.source_id = tag_day.source_id and observed_day.date = tag_day.posted_date
where posted_date >= getvariable('from_date') and posted_date < getvariable('before_date')
group by posted_date, tag_id
order by date_trunc('month', posted_date), tag_id, posted_date;
