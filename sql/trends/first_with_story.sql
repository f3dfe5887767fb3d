-- title: First with the story
-- question: Which source publishes a shared story first, and how long do the others take?
-- grain: one source; stories of two or more sources with known times, ties count for each; minutes behind the first
-- range: 90 days
-- known: counted
-- needs: a story at two sources, with times: a day of posting alone does not show who was first
-- param: since date = none - first local day (none: 90 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- chart: bar
-- x: source
-- y: first
-- series: none
-- heading: first = stories had first
-- heading: first_share = share of stories had first
-- heading: followed = stories had later
with posted as (
    select story.story_id, article.source_id, min(article.posted_at) as posted_at
    from fact_story as story
    join fact_article as article on article.article_id = story.article_id
    where
        article.posted_date between $since::date and $until::date
        and story.method <> 'alone'
        and article.posted_at is not null
        and article.posted_precision in ('instant', 'minute')
    group by story.story_id, article.source_id
),

shared as (
    select
        source_id,
        epoch(posted_at - min(posted_at) over (partition by story_id)) / 60 as minutes_behind
    from posted
    qualify count(*) over (partition by story_id) > 1
),

counted as (
    select
        source.name as source, count(*) as shared_stories,
        count(*) filter (where shared.minutes_behind = 0) as first,
        quantile_cont(shared.minutes_behind, [0.5, 0.95]) filter (where shared.minutes_behind > 0) as minutes_behind
    from shared
    join selected_sources($source::text) as source on source.source_id = shared.source_id
    group by source.name
)

select
    source,
    shared_stories,
    first,
    round(first / shared_stories, 4) as first_share,
    round(wilson_low(first, shared_stories), 4) as share_low,
    round(wilson_high(first, shared_stories), 4) as share_high,
    shared_stories - first as followed,
    round(minutes_behind[1], 1) as p50_minutes_behind,
    round(minutes_behind[2], 1) as p95_minutes_behind
from counted
order by first desc, source
