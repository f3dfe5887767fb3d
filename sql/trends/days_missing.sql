-- title: Days missing
-- question: On which days was a source not observed, so that a backfill could fill them?
-- grain: one source x run of local days not observed, between its first and last observed day (none: day with articles)
-- needs: a day without an observation between the first and the last day of a source: none is missing
-- param: source text = none - only this source
-- param: top integer = 200 - number of runs, newest first
-- chart: table
-- x: from_date
-- y: days
-- series: source
-- heading: failed = exchanges failed
-- heading: refused = exchanges refused
-- heading: known_articles = articles known
with observed as (
    select source_id, min(date) as since_date, max(date) as until_date
    from fact_source_day
    where observed
    group by source_id
),

ranges as (
    select source_id, since_date, until_date
    from observed
    union all
    select source_id, min(posted_date), max(posted_date)
    from agg_article_day
    where source_id not in (select source_id from observed)
    group by source_id
),

-- Days of one run have the same difference between the date and its number among the missing days.
missing as (
    select
        ranges.source_id, dim_date.date,
        coalesce(day.failed, 0) as failed,
        coalesce(day.refused, 0) as refused,
        dim_date.date - row_number() over (partition by ranges.source_id order by dim_date.date)::integer as run
    from ranges
    join dim_date on dim_date.date between ranges.since_date and ranges.until_date
    left join fact_source_day as day on day.source_id = ranges.source_id and day.date = dim_date.date
    where not coalesce(day.observed, false)
),

known as (
    select source_id, posted_date, sum(articles) as articles from agg_article_day group by all
)

select
    source.name as source,
    min(missing.date) as from_date,
    max(missing.date) as until_date,
    count(*) as days,
    sum(missing.failed)::bigint as failed,
    sum(missing.refused)::bigint as refused,
    coalesce(sum(known.articles), 0)::bigint as known_articles
from missing
join selected_sources($source::text) as source on source.source_id = missing.source_id
left join known on known.source_id = missing.source_id and known.posted_date = missing.date
group by source.name, missing.run
order by from_date desc, source
limit $top::integer
