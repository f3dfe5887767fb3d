-- title: How local each station is
-- question: How much of each station's coverage is its own reporting, by month?
-- grain: one source x month; local_share is 0..1 of its articles with a known origin, with 95 % interval
-- range: history
-- known: counted
-- needs: articles with a day of posting and a known origin
-- param: since date = none - first local day (none: first day with an observation or articles)
-- param: until date = none - last local day (none: last day in the ledger, else last posted)
-- param: source text = none - only this source
-- chart: line
-- x: month
-- y: local_share
-- series: source
-- heading: local_share = share local
-- heading: local_articles = local articles
-- heading: days = days with articles
with daily as (
    select
        source_id, posted_date, date_trunc('month', posted_date)::date as month,
        sum(articles) filter (where origin_kind <> 'unknown') as articles,
        sum(articles) filter (where origin_kind = 'own') as local_articles
    from agg_article_day
    where
        posted_date between $since::date and $until::date
        and ($source::text is null or source_id = (select source_id from dim_source where name = $source::text))
    group by all
),

shares as (
    select
        source_id, month, coalesce(sum(local_articles), 0)::bigint as local_articles, sum(articles)::bigint as articles,
        sum(local_articles) / sum(articles) as share, count(*) as days
    from daily
    where articles > 0
    group by source_id, month
),

-- Articles of one day are not independent, days nearly are: the spread is that of the days around the month's share
-- (a ratio of sums; Cochran 1977), and never less than of independent articles.
spread as (
    select
        shares.source_id, shares.month,
        sqrt(
            count(*) / (count(*) - 1)
            * sum(pow(coalesce(daily.local_articles, 0) - shares.share * daily.articles, 2))
        ) / any_value(shares.articles) as error
    from shares
    join daily on daily.source_id = shares.source_id and daily.month = shares.month and daily.articles > 0
    where shares.days > 1
    group by shares.source_id, shares.month
)

select
    source.name as source,
    shares.month,
    round(shares.share, 4) as local_share,
    round(
        greatest(0, least(wilson_low(shares.local_articles, shares.articles), shares.share - 1.96 * spread.error)), 4
    ) as share_low,
    round(
        least(1, greatest(wilson_high(shares.local_articles, shares.articles), shares.share + 1.96 * spread.error)), 4
    ) as share_high,
    shares.local_articles,
    shares.articles,
    shares.days
from shares
join dim_source as source on source.source_id = shares.source_id
left join spread on spread.source_id = shares.source_id and spread.month = shares.month
order by source, shares.month
