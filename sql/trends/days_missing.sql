-- title: Days missing
-- question: Which days did nobody look, that a backfill could fill?
-- grain: one source x stretch of local days not observed, from its first observed day to its last
-- param: source text = none - one source only
-- param: top integer = 200 - how many stretches, newest first
-- chart: table
-- x: from_date
-- y: days
-- series: source
with stretches as (
    select source_id, min(date) as since_date, max(date) as until_date
    from fact_source_day
    where observed
    group by source_id
),

missing as (
    select
        stretches.source_id, dim_date.date,
        coalesce(fact_source_day.failed, 0) as failed,
        coalesce(fact_source_day.refused, 0) as refused,
        dim_date.date - row_number() over (partition by stretches.source_id order by dim_date.date)::integer as island
    from stretches
    join dim_date on dim_date.date between stretches.since_date and stretches.until_date
    left join fact_source_day
        on fact_source_day.source_id = stretches.source_id and fact_source_day.date = dim_date.date
    where not coalesce(fact_source_day.observed, false)
),

known as (
    select source_id, posted_date, sum(articles) as articles from agg_article_day group by all
)

select
    dim_source.name as source,
    min(missing.date) as from_date,
    max(missing.date) as until_date,
    count(*) as days,
    sum(missing.failed)::bigint as failed,
    sum(missing.refused)::bigint as refused,
    coalesce(sum(known.articles), 0)::bigint as known_articles
from missing
join dim_source on dim_source.source_id = missing.source_id
left join known on known.source_id = missing.source_id and known.posted_date = missing.date
where $source::text is null or dim_source.name = $source::text
group by dim_source.name, missing.island
order by from_date desc, source
limit $top::integer
