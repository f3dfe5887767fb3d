-- title: Origin share
-- question: How much of the coverage is local, sister, network and wire copy, by month?
-- grain: one origin x month; share is 0..1 of articles of observed days, 95 % interval, null where no day was observed
-- range: history
-- known: counted
-- needs: articles with a day of posting
-- param: since date = none - first local day (none: first day with an observation or articles)
-- param: until date = none - last local day (none: last day in the ledger, else last posted)
-- param: source text = none - only this source
-- chart: line
-- x: month
-- y: share
-- series: origin
-- heading: share_at_most = share with all of unknown origin
with counts as (
    select
        date_trunc('month', posted_date)::date as month,
        case origin_kind when 'own' then 'local' else origin_kind end as origin,
        sum(articles)::bigint as articles,
        sum(stories)::bigint as stories
    from agg_article_day
    where
        posted_date between $since::date and $until::date
        and ($source::text is null or source_id = (select source_id from dim_source where name = $source::text))
    group by all
),

origins as (
    select distinct origin from counts
),

filled as (
    select
        months.period as month, origins.origin, months.observed_days,
        coalesce(counts.articles, if(months.observed_days > 0, 0, null)) as articles,
        coalesce(counts.stories, if(months.observed_days > 0, 0, null)) as stories,
        sum(counts.articles) over (partition by months.period)::bigint as posted_articles,
        coalesce(
            sum(counts.articles) filter (where origins.origin = 'unknown') over (partition by months.period), 0
        ) as unknown_articles
    from periods($since::date, $until::date, 'month', $source::text) as months
    cross join origins
    left join counts on counts.month = months.period and counts.origin = origins.origin
)

select
    month,
    origin,
    round(coalesce(articles, 0) / posted_articles, 4) as share,
    round(wilson_low(coalesce(articles, 0), posted_articles), 4) as share_low,
    round(wilson_high(coalesce(articles, 0), posted_articles), 4) as share_high,
    round((coalesce(articles, 0) + if(origin = 'unknown', 0, unknown_articles)) / posted_articles, 4) as share_at_most,
    articles,
    stories,
    coalesce(posted_articles, if(observed_days > 0, 0, null)) as all_articles,
    observed_days
from filled
order by month, origin
