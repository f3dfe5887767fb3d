-- title: Uncovered towns
-- question: Which towns of its own state does a source not mention?
-- grain: one source x town without an article in the range, for sources observed in it
-- param: since date = none - first local day of posting (none: 28 days up to `until`)
-- param: until date = none - last local day of posting (none: last observed day)
-- param: source text = none - only this source
-- chart: table
-- x: town
-- y: days_without
-- series: source
with range as (
    from observed_range($since::date, $until::date, 28, null)
),

markets as (
    select source.source_id, source.name, home.state, count(*) as observed_days
    from selected_sources($source::text) as source
    join dim_place as home on home.place_key = source.place_key
    join observed_source_days($since::date, $until::date, 28) as observed on observed.source_id = source.source_id
    group by all
),

-- The rollup of the last month can hold days after the range: its articles are read one by one.
mentions as (
    select source_id, place_id, max(last_date) as last_date
    from (
        select agg_place_month.source_id, agg_place_month.place_id, agg_place_month.last_date
        from agg_place_month
        join range on agg_place_month.month_date < date_trunc('month', range.until_date)
        union all
        select article.source_id, mention.place_id, article.posted_date
        from fact_article as article
        join range
            on
                article.posted_date >= date_trunc('month', range.until_date)
                and article.posted_date <= range.until_date
        join fact_article_place as mention on mention.article_id = article.article_id
        where mention.place_id is not null
    )
    group by source_id, place_id
)

select
    markets.name as source,
    town.name as town,
    town.state,
    town.county,
    mentions.last_date as last_mention_date,
    range.until_date - mentions.last_date as days_without,
    markets.observed_days
from markets
join dim_place as town on town.state = markets.state
cross join range
left join mentions on mentions.source_id = markets.source_id and mentions.place_id = town.place_id
where mentions.last_date is null or mentions.last_date < range.since_date
order by source, mentions.last_date nulls first, town
