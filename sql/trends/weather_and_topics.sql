-- title: Weather and topics
-- question: Which topics come up more on cold, hot or wet days, with the season held fixed?
-- grain: one topic x condition x observed day with a known reading; statistics fold it to one topic x condition
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- param: topic topic = none - one topic only
-- param: cold number = 20 - a day is cold when its lowest reading is below this, in degrees Fahrenheit
-- param: hot number = 95 - a day is hot when its highest reading is above this, in degrees Fahrenheit
-- param: support integer = 5 - fewest articles of a topic
-- param: top integer = 50 - how many topics are tried, most frequent first, whatever the weather
-- chart: table
-- x: topic
-- y: lift
-- series: condition
with sources as (
    select source_id, name, coalesce(zone, 'UTC') as zone
    from dim_source
    where $source::text is null or name = $source::text
),

stations as (
    select sources.source_id, sources.name as provider, sources.zone from sources
    union
    select sources.source_id, dim_place.station, sources.zone
    from sources
    join dim_source on dim_source.source_id = sources.source_id
    join dim_place on dim_place.place_key = dim_source.place_key
    where dim_place.station is not null
),

readings as (
    select
        stations.source_id,
        unnest(generate_series(
            timezone(stations.zone, fact_weather_observation.observed_at)::date::timestamp,
            timezone(
                stations.zone,
                coalesce(fact_weather_observation.until_at, fact_weather_observation.observed_at)
            )::date::timestamp,
            interval 1 day
        ))::date as date,
        fact_weather_observation.temp_f,
        fact_weather_observation.precip_in,
        fact_weather_observation.condition
    from fact_weather_observation
    join stations on stations.provider = fact_weather_observation.provider
    where fact_weather_observation.observed_at is not null
),

weather as (
    select
        source_id,
        date,
        min(temp_f) as low_f,
        max(temp_f) as high_f,
        bool_or(
            coalesce(precip_in > 0, false)
            or coalesce(
                regexp_matches(lower(condition), '(rain|snow|shower|storm|sleet|drizzle|flurr|wintry|ice pellets)'),
                false
            )
        ) as is_wet,
        bool_or(precip_in is not null or condition is not null) as knows_wet
    from readings
    group by all
),

days as (
    select weather.*
    from weather
    join fact_source_day
        on
            fact_source_day.source_id = weather.source_id
            and fact_source_day.date = weather.date
            and fact_source_day.observed
    where
        ($since::date is null or weather.date >= $since::date)
        and ($until::date is null or weather.date <= $until::date)
),

exposures as (
    select source_id, date, 'cold' as condition, low_f < $cold::double as exposed from days where low_f is not null
    union all
    select source_id, date, 'hot', high_f > $hot::double from days where high_f is not null
    union all
    select source_id, date, 'wet', is_wet from days where knows_wet
),

totals as (
    select
        days.source_id,
        days.date,
        count(fact_article.article_id) as articles
    from days
    left join fact_article on fact_article.source_id = days.source_id and fact_article.posted_date = days.date
    group by all
),

tagged as (
    select
        fact_article.source_id,
        fact_article.posted_date as date,
        fact_article.article_id,
        coalesce(
            (
                select arg_max(tag_alias.means_folded, coalesce(tag_alias.since_date, date '0001-01-01'))
                from tag_alias
                where
                    tag_alias.alias_folded = dim_tag.folded
                    and (tag_alias.since_date is null or tag_alias.since_date <= fact_article.posted_date)
            ),
            dim_tag.folded
        ) as folded
    from fact_article_tag
    join dim_tag on dim_tag.tag_id = fact_article_tag.tag_id
    join fact_article on fact_article.article_id = fact_article_tag.article_id
    join days on days.source_id = fact_article.source_id and days.date = fact_article.posted_date
    where not fact_article_tag.is_parent
),

topics as (
    select folded
    from tagged
    where $topic::text is null or folded = $topic::text
    group by folded
    having count(distinct article_id) >= $support::integer
    order by count(distinct article_id) desc, folded
    limit $top::integer
),

counts as (
    select source_id, date, folded, count(distinct article_id) as tagged
    from tagged
    group by all
)

select
    coalesce(dim_tag.label, topics.folded) as topic,
    exposures.condition,
    exposures.source_id || ' ' || month(exposures.date) as stratum,
    exposures.date,
    exposures.exposed,
    totals.articles,
    coalesce(counts.tagged, 0) as tagged
from topics
cross join exposures
join totals on totals.source_id = exposures.source_id and totals.date = exposures.date
left join counts
    on counts.source_id = exposures.source_id and counts.date = exposures.date and counts.folded = topics.folded
left join dim_tag on dim_tag.folded = topics.folded
order by topic, exposures.condition, exposures.date, exposures.source_id
