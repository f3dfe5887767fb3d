-- title: First with the story
-- question: Who had a shared story first, and how long did the others take?
-- grain: one source; stories two sources or more told at a known time, ties make each first; minutes behind
-- param: since date = none - first local day (none: 90 days up to `until`)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: first
-- series: none
with bounds as (
    select
        coalesce($until::date, max(date)) as until_date,
        coalesce($since::date, coalesce($until::date, max(date)) - 89) as since_date
    from fact_source_day
    where observed
),

told as (
    select
        fact_story.story_id, fact_article.source_id, min(fact_article.posted_at) as told_at
    from fact_story
    join fact_article on fact_article.article_id = fact_story.article_id
    join bounds on fact_article.posted_date between bounds.since_date and bounds.until_date
    where
        fact_story.method <> 'alone'
        and fact_article.posted_at is not null
        and fact_article.posted_precision in ('instant', 'minute')
    group by fact_story.story_id, fact_article.source_id
),

raced as (
    select
        source_id,
        epoch(told_at - min(told_at) over (partition by story_id)) / 60 as minutes_behind
    from told
    qualify count(*) over (partition by story_id) > 1
)

select
    dim_source.name as source,
    count(*) as shared_stories,
    count(*) filter (where raced.minutes_behind = 0) as first,
    round(count(*) filter (where raced.minutes_behind = 0) / count(*), 4) as first_share,
    round(wilson_low(count(*) filter (where raced.minutes_behind = 0), count(*)), 4) as share_low,
    round(wilson_high(count(*) filter (where raced.minutes_behind = 0), count(*)), 4) as share_high,
    count(*) filter (where raced.minutes_behind > 0) as followed,
    round(quantile_cont(raced.minutes_behind, 0.5) filter (where raced.minutes_behind > 0), 1) as p50_minutes_behind,
    round(quantile_cont(raced.minutes_behind, 0.95) filter (where raced.minutes_behind > 0), 1) as p95_minutes_behind
from raced
join dim_source on dim_source.source_id = raced.source_id
where $source::text is null or dim_source.name = $source::text
group by dim_source.name
order by first desc, source
