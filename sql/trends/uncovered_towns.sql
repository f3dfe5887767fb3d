-- title: Uncovered towns
-- question: Which towns of its own state does a source not write about?
-- grain: one source x town without an article in the stretch, on sources that were looked at
-- param: since date = none - first local day of posting (none: 28 days up to `until`)
-- param: until date = none - last local day of posting (none: last day looked at)
-- param: source text = none - one source only
-- chart: table
-- x: town
-- y: days_without
-- series: source
with last_look as (
    select coalesce($until::date, max(date)) as until_date from fact_source_day where observed
),

bounds as (
    select until_date, coalesce($since::date, until_date - 27) as since_date from last_look
),

markets as (
    select dim_source.source_id, dim_source.name, home.state, count(fact_source_day.date) as observed_days
    from dim_source
    join dim_place as home on home.place_key = dim_source.place_key
    cross join bounds
    join fact_source_day
        on
            fact_source_day.source_id = dim_source.source_id
            and fact_source_day.observed
            and fact_source_day.date between bounds.since_date and bounds.until_date
    where $source::text is null or dim_source.name = $source::text
    group by all
),

-- The last month may end after the stretch does: its articles are read one by one.
mentions as (
    select source_id, place_id, max(last_date) as last_date
    from (
        select source_id, place_id, last_date
        from agg_place_month
        join bounds on month_date < date_trunc('month', until_date)
        union all
        select fact_article.source_id, fact_article_place.place_id, fact_article.posted_date
        from fact_article
        join bounds on posted_date >= date_trunc('month', until_date) and posted_date <= until_date
        join fact_article_place on fact_article_place.article_id = fact_article.article_id
        where fact_article_place.place_id is not null
    )
    group by source_id, place_id
)

select
    markets.name as source,
    town.name as town,
    town.state,
    town.county,
    mentions.last_date as last_mention_date,
    bounds.until_date - mentions.last_date as days_without,
    markets.observed_days
from markets
join dim_place as town on town.state = markets.state
cross join bounds
left join mentions on mentions.source_id = markets.source_id and mentions.place_id = town.place_id
where mentions.last_date is null or mentions.last_date < bounds.since_date
order by source, mentions.last_date nulls first, town
