-- title: Uncovered towns
-- question: Which towns of its own state does a source not mention?
-- grain: one source x town without an article in the range, for sources with observations or articles in it
-- range: 28 days
-- known: counted
-- needs: a source with articles, a home town, and towns of its state in config/places.toml without one
-- param: since date = none - first local day of posting (none: 28 days up to `until`)
-- param: until date = none - last local day of posting (none: last observed day, else last posted)
-- param: source text = none - only this source
-- chart: table
-- x: town
-- y: days_without
-- series: source
-- heading: last_mention_date = last mentioned on
-- heading: days_without = days without a mention
with markets as (
    select
        source.source_id, source.name, home.state,
        count(*) filter (where covered.observed) as observed_days, count(*) as days
    from selected_sources($source::text) as source
    join dim_place as home on home.place_key = source.place_key
    join compared_source_days($since::date, $until::date, $source::text, $with_known::boolean) as covered
        on covered.source_id = source.source_id
    group by source.source_id, source.name, home.state
),

-- The rollup of the last month can hold days after the range: its articles are read one by one.
posted as materialized (
    select article_id, source_id, posted_date
    from fact_article
    where posted_date between date_trunc('month', $until::date)::date and $until::date
),

mentions as (
    select source_id, place_id, max(last_date) as last_date
    from (
        select source_id, place_id, last_date
        from agg_place_month
        where month_date < date_trunc('month', $until::date)::date
        union all
        select posted.source_id, mention.place_id, posted.posted_date
        from posted
        join fact_article_place as mention on mention.article_id = posted.article_id
        where
            mention.place_id is not null
            and mention.article_id >= (select coalesce(min(article_id), 9223372036854775807) from posted)
    )
    group by source_id, place_id
)

select
    markets.name as source,
    town.name as town,
    town.state,
    town.county,
    mentions.last_date as last_mention_date,
    $until::date - mentions.last_date as days_without,
    markets.observed_days,
    markets.days
from markets
join dim_place as town on town.state = markets.state
left join mentions on mentions.source_id = markets.source_id and mentions.place_id = town.place_id
where mentions.last_date is null or mentions.last_date < $since::date
order by source, mentions.last_date nulls first, town
