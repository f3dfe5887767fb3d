-- title: Origin share
-- question: How much of the coverage is local, sister, network and wire copy, by month?
-- grain: one origin x month; share is 0..1 of articles of observed days, 95 % interval, null where no day was observed
-- param: since date = none - first local day (none: first day in the ledger)
-- param: until date = none - last local day (none: last day in the ledger)
-- param: source text = none - only this source
-- chart: line
-- x: month
-- y: share
-- series: origin
with range as (
    from history_range($since::date, $until::date, 'month', $source::text, false)
),

observed as (
    select day.source_id, day.date
    from fact_source_day as day
    join selected_sources($source::text) as source on source.source_id = day.source_id
    join range on day.date between range.since_date and range.until_date
    where day.observed
),

counts as (
    select
        date_trunc('month', posted.posted_date)::date as month,
        case posted.origin_kind when 'own' then 'local' else posted.origin_kind end as origin,
        sum(posted.articles)::bigint as articles,
        sum(posted.stories)::bigint as stories
    from agg_article_day as posted
    join observed on observed.source_id = posted.source_id and observed.date = posted.posted_date
    group by all
),

origins as (
    select distinct origin from counts
),

filled as (
    select
        months.period as month, origins.origin, months.observed_days,
        case when months.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
        case when months.observed_days > 0 then coalesce(counts.stories, 0) end as stories,
        sum(counts.articles) over (partition by months.period)::bigint as posted_articles
    from periods((select range from range), 'month', $source::text) as months
    cross join origins
    left join counts on counts.month = months.period and counts.origin = origins.origin
)

select
    month,
    origin,
    round(articles / posted_articles, 4) as share,
    round(wilson_low(articles, posted_articles), 4) as share_low,
    round(wilson_high(articles, posted_articles), 4) as share_high,
    articles,
    stories,
    case when observed_days > 0 then coalesce(posted_articles, 0) end as all_articles,
    observed_days
from filled
order by month, origin
