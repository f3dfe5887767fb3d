-- title: Coverage by place
-- question: How much is written about each town?
-- grain: one source x town; articles of observed days, stories once; share is 0..1 of articles that name a known town
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- param: top integer = 50 - how many towns
-- chart: bar
-- x: town
-- y: articles
-- series: source
with last_look as (
    select coalesce($until::date, max(date)) as until_date from fact_source_day where observed
),

looked as (
    select fact_source_day.source_id, fact_source_day.date
    from fact_source_day
    join last_look
        on
            fact_source_day.date
            between coalesce($since::date, last_look.until_date - 27) and last_look.until_date
    where fact_source_day.observed
),

articles as (
    select fact_article.article_id, fact_article.source_id
    from fact_article
    join looked on looked.source_id = fact_article.source_id and looked.date = fact_article.posted_date
    where fact_article.posted_date between (select min(date) from looked) and (select max(date) from looked)
),

named as (
    select distinct
        articles.article_id, articles.source_id, fact_article_place.place_id,
        coalesce(fact_story.story_id, articles.article_id) as story_id
    from articles
    join fact_article_place on fact_article_place.article_id = articles.article_id
    left join fact_story on fact_story.article_id = articles.article_id
    where fact_article_place.place_id is not null
),

totals as (
    select source_id, count(distinct article_id) as articles from named group by source_id
)

select
    dim_source.name as source,
    town.name as town,
    town.state,
    count(*) as articles,
    count(distinct named.story_id) as stories,
    round(count(*) / any_value(totals.articles), 4) as share,
    round(wilson_low(count(*), any_value(totals.articles)), 4) as share_low,
    round(wilson_high(count(*), any_value(totals.articles)), 4) as share_high,
    any_value(totals.articles) as located_articles
from named
join totals on totals.source_id = named.source_id
join dim_place as town on town.place_id = named.place_id
join dim_source on dim_source.source_id = named.source_id
where $source::text is null or dim_source.name = $source::text
group by dim_source.name, town.name, town.state
order by articles desc, source, town
limit $top::integer
