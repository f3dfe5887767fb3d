-- title: First channel
-- question: Which channel shows a story first?
-- grain: one source x channel; articles first shown there, ties go to each; share is 0..1 with 95 % interval
-- param: since date = none - first UTC day of showing (none: 90 days up to `until`)
-- param: until date = none - last UTC day of showing (none: the last one)
-- param: source text = none - one source only
-- chart: bar
-- x: channel
-- y: articles
-- series: source
with last_look as (
    select coalesce($until::date, max(from_at)::date) as until_date from fact_appearance
),

bounds as (
    select
        timezone('UTC', coalesce($since::date, until_date - 89)::timestamp) as since_at,
        timezone('UTC', (until_date + 1)::timestamp) as until_at
    from last_look
),

shown as (
    select
        fact_appearance.source_id, fact_appearance.article_id, fact_appearance.channel,
        min(fact_appearance.from_at) as shown_at
    from fact_appearance
    join bounds on fact_appearance.from_at >= bounds.since_at and fact_appearance.from_at < bounds.until_at
    where fact_appearance.article_id is not null
    group by all
),

ranked as (
    select
        source_id, article_id, channel, shown_at = min(shown_at) over (partition by article_id) as is_first
    from shown
),

totals as (
    select source_id, count(distinct article_id) as articles from ranked group by source_id
)

select
    dim_source.name as source,
    ranked.channel,
    count(*) filter (where ranked.is_first) as articles,
    count(*) as shown,
    any_value(totals.articles) as all_articles,
    round(count(*) filter (where ranked.is_first) / any_value(totals.articles), 4) as share,
    round(wilson_low(count(*) filter (where ranked.is_first), any_value(totals.articles)), 4) as share_low,
    round(wilson_high(count(*) filter (where ranked.is_first), any_value(totals.articles)), 4) as share_high
from ranked
join totals on totals.source_id = ranked.source_id
join dim_source on dim_source.source_id = ranked.source_id
where $source::text is null or dim_source.name = $source::text
group by dim_source.name, ranked.channel
order by source, articles desc, ranked.channel
