-- title: Stories folded
-- question: How many stories are left once copies of one text are folded into one?
-- grain: one source x period; a story counts with its first article anywhere; null where nobody looked
-- param: since date = none - first local day (none: first day looked at)
-- param: until date = none - last local day (none: last day looked at)
-- param: by by = month - length of a period
-- param: source text = none - one source only
-- chart: line
-- x: period
-- y: stories
-- series: source
with looked as (
    select fact_source_day.source_id, dim_source.name, fact_source_day.date, fact_source_day.observed
    from fact_source_day
    join dim_source on dim_source.source_id = fact_source_day.source_id
    where
        ($source::text is null or dim_source.name = $source::text)
        and ($since::date is null or fact_source_day.date >= $since::date)
        and ($until::date is null or fact_source_day.date <= $until::date)
),

-- Sources that never post articles (a weather service, say) have nothing to fold.
sources as (
    select distinct looked.source_id, looked.name
    from looked
    where looked.source_id in (select source_id from agg_article_day)
),

spans as (
    select
        coalesce($since::date, min(date)) as since_date, coalesce($until::date, max(date)) as until_date
    from looked
),

periods as (
    select
        sources.source_id, sources.name, date_trunc($by::text, dim_date.date)::date as period,
        count(*) as days,
        count(*) filter (where looked.observed) as observed_days
    from sources
    cross join spans
    join dim_date on dim_date.date between spans.since_date and spans.until_date
    left join looked on looked.source_id = sources.source_id and looked.date = dim_date.date
    group by all
),

counts as (
    select
        looked.source_id, date_trunc($by::text, looked.date)::date as period,
        sum(agg_article_day.articles)::bigint as articles, sum(agg_article_day.stories)::bigint as stories
    from agg_article_day
    join looked
        on
            looked.source_id = agg_article_day.source_id
            and looked.date = agg_article_day.posted_date
            and looked.observed
    group by all
)

select
    periods.period,
    periods.name as source,
    case when periods.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
    case when periods.observed_days > 0 then coalesce(counts.stories, 0) end as stories,
    case when periods.observed_days > 0 then coalesce(counts.articles - counts.stories, 0) end as copies,
    round((counts.articles - counts.stories) / counts.articles, 4) as copied_share,
    round(wilson_low(counts.articles - counts.stories, counts.articles), 4) as share_low,
    round(wilson_high(counts.articles - counts.stories, counts.articles), 4) as share_high,
    periods.observed_days,
    periods.days
from periods
left join counts on counts.source_id = periods.source_id and counts.period = periods.period
order by periods.name, periods.period
