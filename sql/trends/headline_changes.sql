-- title: Headline changes
-- question: How often does each source change a headline after publication?
-- grain: one source; share is 0..1 of articles looked at more than once (others cannot show it), with 95 % interval
-- param: since date = none - first local day of posting (none: 365 days up to `until`)
-- param: until date = none - last local day of posting (none: last day looked at)
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: changed_articles
-- series: none
with bounds as (
    select
        coalesce($until::date, max(date)) as until_date,
        coalesce($since::date, coalesce($until::date, max(date)) - 364) as since_date
    from fact_source_day
    where observed
),

articles as (
    select
        fact_article.article_id, dim_source.name,
        fact_article.last_seen_at > fact_article.first_seen_at as seen_again
    from fact_article
    join dim_source on dim_source.source_id = fact_article.source_id
    join bounds
        on
            coalesce(fact_article.posted_date, fact_article.first_seen_date)
            between bounds.since_date and bounds.until_date
    where $source::text is null or dim_source.name = $source::text
),

changed as (
    select article_id, count(*) as changes
    from fact_article_revision
    where headline_changed and revision > 1
    group by article_id
)

select
    articles.name as source,
    count(changed.article_id) as changed_articles,
    coalesce(sum(changed.changes), 0)::bigint as changes,
    count(*) filter (where articles.seen_again) as seen_again,
    count(*) as articles,
    round(count(changed.article_id) / nullif(count(*) filter (where articles.seen_again), 0), 4) as share,
    round(wilson_low(count(changed.article_id), count(*) filter (where articles.seen_again)), 4) as share_low,
    round(wilson_high(count(changed.article_id), count(*) filter (where articles.seen_again)), 4) as share_high
from articles
left join changed on changed.article_id = articles.article_id
group by articles.name
order by changed_articles desc, source
