-- Recomputes sources and articles per day over all sources, for the months from the variable from_date to before_date.
-- reads: agg_article_day, agg_tag_coverage, agg_untagged_day, fact_source_day, variable before_date, variable from_date
-- writes: agg_day
delete from agg_day where date >= getvariable('from_date') and date < getvariable('before_date');

insert into agg_day by name
with source_day as (
    select source_id, date, observed
    from fact_source_day
    where date >= getvariable('from_date') and date < getvariable('before_date')
),

posted as (
    select source_id, posted_date as date, sum(articles) as articles
    from agg_article_day
    where posted_date >= getvariable('from_date') and posted_date < getvariable('before_date')
    group by source_id, posted_date
)

select
    date,
    count(observed)::integer as sources,
    count(*) filter (observed)::integer as observed_sources,
    coalesce(sum(posted.articles), 0)::integer as articles,
    coalesce(sum(posted.articles) filter (observed), 0)::integer as observed_articles,
    count(*) filter (observed and untagged.date is null)::integer as tagging_sources,
    coalesce(sum(posted.articles) filter (untagged.date is null), 0)::integer as tagging_articles,
    coalesce(sum(coverage.tagged_articles), 0)::integer as tagged_articles
from source_day
full join posted using (source_id, date)
left join agg_tag_coverage as coverage using (source_id, date)
left join agg_untagged_day as untagged using (source_id, date)
group by date
order by date;
