-- title: Days missing
-- question: Which days did nobody look, that a backfill could fill?
-- grain: one source x local day not observed, from its first observed day to its last
-- param: source text = none - one source only
-- chart: table
-- x: date
-- y: known_articles
-- series: source
with stretches as (
    select
        source_id,
        min(date) as since_date,
        max(date) as until_date
    from fact_source_day
    where observed
    group by source_id
)

select
    dim_source.name as source,
    dim_date.date,
    coalesce(fact_source_day.failed, 0) as failed,
    coalesce(fact_source_day.refused, 0) as refused,
    (
        select count(*)
        from fact_article
        where fact_article.source_id = stretches.source_id and fact_article.posted_date = dim_date.date
    ) as known_articles
from stretches
join dim_source on dim_source.source_id = stretches.source_id
join dim_date on dim_date.date between stretches.since_date and stretches.until_date
left join fact_source_day
    on fact_source_day.source_id = stretches.source_id and fact_source_day.date = dim_date.date
where
    not coalesce(fact_source_day.observed, false)
    and ($source::text is null or dim_source.name = $source::text)
order by source, dim_date.date
