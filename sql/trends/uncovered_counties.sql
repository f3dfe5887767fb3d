-- title: News deserts
-- question: Which counties do the sources of their state write about least?
-- grain: one county with a town in config/places.toml; articles about any of its towns, by any source
-- range: 365 days
-- known: counted
-- needs: towns with a county in config/places.toml, and a source with articles in their state
-- param: since date = none - first month of posting (none: 365 days up to `until`)
-- param: until date = none - last local day of posting (none: last observed day, else last posted)
-- param: state text = none - only this state, as two letters
-- param: top integer = 50 - number of counties, fewest articles first
-- chart: bar
-- x: county
-- y: articles
-- series: state
-- heading: last_mention_date = last mentioned on
-- heading: home_sources = sources at home there
with sources as (
    select source.source_id, home.state, home.county
    from dim_source as source
    join dim_place as home on home.place_key = source.place_key
),

posted as materialized (
    select article.article_id, article.source_id, article.posted_date
    from fact_article as article
    where article.posted_date between $since::date and $until::date
),

mentions as (
    select distinct posted.article_id, posted.source_id, posted.posted_date, town.state, town.county
    from posted
    join fact_article_place as mention on mention.article_id = posted.article_id
    join dim_place as town on town.place_id = mention.place_id
    where
        town.county is not null
        and mention.article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
),

counted as (
    select
        mentions.state, mentions.county, count(*) as articles, count(distinct mentions.source_id) as sources,
        max(mentions.posted_date) as last_mention_date
    from mentions
    group by mentions.state, mentions.county
)

select
    county.county,
    county.state,
    coalesce(counted.articles, 0) as articles,
    coalesce(counted.sources, 0) as sources,
    (
        select count(*) from sources where sources.state = county.state and sources.county = county.county
    ) as home_sources,
    counted.last_mention_date,
    county.towns
from (
    select county, state, count(*) as towns from dim_place where county is not null group by county, state
) as county
left join counted on counted.state = county.state and counted.county = county.county
where
    county.state in (
        select sources.state from sources join posted on posted.source_id = sources.source_id
    )
    and ($state::text is null or county.state = upper($state::text))
order by coalesce(counted.articles, 0), county.state, county.county
limit $top::integer
