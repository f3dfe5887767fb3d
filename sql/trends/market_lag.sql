-- title: How fast a market follows
-- question: How long after the first source of a town do the others have a story?
-- grain: one town with two sources or more; stories of two or more of them with known times; minutes behind the first
-- range: 90 days
-- known: counted
-- needs: a story at two sources of one town, with times: a day of posting alone does not show who was first
-- param: since date = none - first local day (none: 90 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- chart: bar
-- x: town
-- y: p50_minutes
-- series: none
-- heading: p50_minutes = minutes to the second source, median
-- heading: minutes_low = median, 95 % from
-- heading: minutes_high = median, 95 % to
-- heading: p50_minutes_to_all = minutes to the last source, median
with posted as (
    select story.story_id, town.place_id, article.source_id, min(article.posted_at) as posted_at
    from fact_story as story
    join fact_article as article on article.article_id = story.article_id
    join dim_source as source on source.source_id = article.source_id
    join dim_place as town on town.place_key = source.place_key
    where
        article.posted_date between $since::date and $until::date
        and story.method <> 'alone'
        and article.posted_at is not null
        and article.posted_precision in ('instant', 'minute')
    group by all
),

stories as (
    select
        place_id, story_id, count(*) as sources, list(epoch(posted_at) / 60 order by posted_at) as minutes,
        minutes[2] - minutes[1] as behind,
        minutes[-1] - minutes[1] as behind_last
    from posted
    group by place_id, story_id
    having count(*) > 1
),

-- The median's interval is between two of the ordered values (Conover 1999): the sign test leaves out 2.5 % each side.
counted as (
    select
        place_id, count(*) as stories, list(behind order by behind) as ordered, median(behind) as p50,
        median(behind_last) as p50_last, max(sources) as sources,
        round(count(*) / 2 - 0.98 * sqrt(count(*)))::integer as below
    from stories
    group by place_id
)

select
    town.name as town,
    town.state,
    counted.stories,
    counted.sources,
    round(counted.p50, 1) as p50_minutes,
    case when counted.below >= 1 then round(counted.ordered[counted.below], 1) end as minutes_low,
    case when counted.below >= 1 then round(counted.ordered[counted.stories - counted.below + 1], 1) end
        as minutes_high,
    round(counted.p50_last, 1) as p50_minutes_to_all
from counted
join dim_place as town on town.place_id = counted.place_id
order by counted.stories desc, town, town.state
