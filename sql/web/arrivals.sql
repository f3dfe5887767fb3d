-- Returns how many articles each source brought on the day $day, beside the 28 days before.
-- grain: one source that has days in the ledger; usual_* are the median and the middle nine tenths of its observed days
-- reads: dim_source, fact_article, fact_source_day
with days as (
    select day.source_id, day.date, day.observed, day.new_articles
    from fact_source_day as day
    where day.date between $day::date - 28 and $day::date
),

usual as (
    select
        source_id, count(*) as usual_days,
        median(new_articles) as usual,
        quantile_disc(new_articles, 0.05) as usual_low,
        quantile_disc(new_articles, 0.95) as usual_high
    from days
    where observed and date < $day::date
    group by source_id
)

select
    source.name as source,
    case when today.observed then today.new_articles end as new_articles,
    usual.usual, usual.usual_low, usual.usual_high, coalesce(usual.usual_days, 0) as usual_days,
    (
        select count(*) from fact_article as article
        where article.source_id = source.source_id and article.posted_date = $day::date
    ) as posted,
    (select max(date) from fact_source_day as day where day.source_id = source.source_id and day.observed)
        as last_observed_date,
    coalesce(today.observed, false) as observed
from dim_source as source
left join days as today on today.source_id = source.source_id and today.date = $day::date
left join usual on usual.source_id = source.source_id
where source.source_id in (select source_id from fact_source_day)
order by source.name
