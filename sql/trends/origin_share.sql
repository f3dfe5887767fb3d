-- title: Origin share
-- question: How much of the coverage is local, sister, network and wire, by month?
-- grain: one origin x month; share 0..1 of articles of observed days, 95 % interval, null where nobody looked
-- param: since date = none - first local day (none: first day looked at)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- chart: line
-- x: month
-- y: share
-- series: origin
with sources as (
    select source_id from dim_source where $source::text is null or name = $source::text
),

looked as (
    select source_id, date, observed
    from fact_source_day
    where
        source_id in (select source_id from sources)
        and ($since::date is null or date >= $since::date)
        and ($until::date is null or date <= $until::date)
),

months as (
    select
        dim_date.month_start_date as month,
        count(distinct looked.date) filter (where looked.observed) as observed_days
    from dim_date
    left join looked on looked.date = dim_date.date
    where
        dim_date.date >= coalesce($since::date, (select min(date) from looked))
        and dim_date.date <= coalesce($until::date, (select max(date) from looked))
    group by dim_date.month_start_date
),

counts as (
    select
        date_trunc('month', agg_article_day.posted_date)::date as month,
        case agg_article_day.origin_kind when 'own' then 'local' else agg_article_day.origin_kind end as origin,
        sum(agg_article_day.articles)::bigint as articles,
        sum(agg_article_day.stories)::bigint as stories
    from agg_article_day
    join looked
        on
            looked.source_id = agg_article_day.source_id
            and looked.date = agg_article_day.posted_date
            and looked.observed
    group by all
),

totals as (
    select month, sum(articles)::bigint as articles from counts group by month
)

select
    months.month,
    origins.origin,
    round(coalesce(counts.articles, 0) / totals.articles, 4) as share,
    round(wilson_low(coalesce(counts.articles, 0), totals.articles), 4) as share_low,
    round(wilson_high(coalesce(counts.articles, 0), totals.articles), 4) as share_high,
    case when months.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
    case when months.observed_days > 0 then coalesce(counts.stories, 0) end as stories,
    case when months.observed_days > 0 then coalesce(totals.articles, 0) end as all_articles,
    months.observed_days
from months
cross join (select distinct origin from counts) as origins
left join counts on counts.month = months.month and counts.origin = origins.origin
left join totals on totals.month = months.month
order by months.month, origins.origin
