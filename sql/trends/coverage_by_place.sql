-- title: Coverage by place
-- question: How many articles mention each town?
-- grain: one source x town; copies count once in stories; share is 0..1 of articles with a town
-- range: 28 days
-- known: counted
-- needs: articles that name a town of config/places.toml
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- param: top integer = 50 - number of towns
-- chart: bar
-- x: town
-- y: articles
-- series: source
-- heading: located_articles = articles that name a town
with posted as materialized (
    select article.article_id, source.name as source
    from fact_article as article
    join selected_sources($source::text) as source on source.source_id = article.source_id
    where article.posted_date between $since::date and $until::date
),

located as materialized (
    select article_id, place_id
    from fact_article_place
    where
        place_id is not null
        and article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
),

clustered as (
    select article_id, story_id
    from fact_story
    where article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
),

mentions as (
    select distinct
        posted.article_id, posted.source, mention.place_id,
        coalesce(story.story_id, posted.article_id) as story_id
    from posted
    join located as mention on mention.article_id = posted.article_id
    left join clustered as story on story.article_id = posted.article_id
),

totals as (
    select source, count(distinct article_id) as articles from mentions group by source
),

counted as (
    select
        mentions.source, town.name as town, town.state, count(*) as articles,
        count(distinct mentions.story_id) as stories,
        any_value(totals.articles) as located_articles
    from mentions
    join totals on totals.source = mentions.source
    join dim_place as town on town.place_id = mentions.place_id
    group by mentions.source, town.name, town.state
)

select
    source,
    town,
    state,
    articles,
    stories,
    round(articles / located_articles, 4) as share,
    round(wilson_low(articles, located_articles), 4) as share_low,
    round(wilson_high(articles, located_articles), 4) as share_high,
    located_articles
from counted
order by articles desc, source, town
limit $top::integer
