-- title: Closings and weather
-- question: How do school closings go with wind chill and snow?
-- grain: one band of the day's lowest feels-like x wintry or not; weekdays whose list was read and weather known
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- param: band integer = 10 - width of a band, in degrees Fahrenheit
-- chart: table
-- x: feels_like_from
-- y: closed_share
-- series: wintry
with sources as (
    select dim_source.source_id, dim_source.name, coalesce(dim_source.zone, 'UTC') as zone, dim_place.place_id
    from dim_source
    join dim_place on dim_place.place_key = dim_source.place_key
    where $source::text is null or dim_source.name = $source::text
),

-- A day without closings is one on which the list was read and held none; a broken or stale list proves nothing.
polled as (
    select sources.source_id, timezone(sources.zone, fact_closing_poll.polled_at)::date as date
    from fact_closing_poll
    join sources on sources.source_id = fact_closing_poll.source_id
    where fact_closing_poll.state in ('populated', 'empty')
    group by all
),

closed as (
    select
        sources.source_id,
        coalesce(
            fact_closing.effective_date, timezone(sources.zone, fact_closing.first_seen_at)::date
        ) as date,
        count(distinct fact_closing.organisation_id) as organisations
    from fact_closing
    join sources on sources.source_id = fact_closing.source_id
    group by all
),

alerted as (
    select
        sources.source_id,
        unnest(generate_series(
            timezone(sources.zone, fact_banner.from_at)::date::timestamp,
            timezone(sources.zone, fact_banner.until_at)::date::timestamp,
            interval 1 day
        ))::date as date
    from fact_banner
    join sources on sources.source_id = fact_banner.source_id
    where
        fact_banner.kind = 'severe'
        and fact_banner.from_at is not null
        and regexp_matches(lower(fact_banner.text), 'winter|snow|blizzard|ice storm|freezing')
),

weather as (
    select
        sources.source_id,
        agg_weather_day.date,
        min(coalesce(agg_weather_day.min_feels_like_f, agg_weather_day.min_temp_f)) as feels_like_f,
        coalesce(
            bool_or(
                regexp_matches(
                    lower(array_to_string(agg_weather_day.conditions, ' ')), 'snow|sleet|flurr|wintry|blizzard|ice'
                )
            ),
            false
        ) as snow_seen
    from agg_weather_day
    join sources on sources.place_id = agg_weather_day.place_id
    where agg_weather_day.method = 'nws' or agg_weather_day.provider = sources.name
    group by all
),

days as (
    select
        $band::integer * floor(weather.feels_like_f / $band::integer)::integer as feels_like_from,
        weather.snow_seen or (weather.source_id, weather.date) in (select source_id, date from alerted) as wintry,
        coalesce(closed.organisations, 0) as organisations
    from polled
    join weather on weather.source_id = polled.source_id and weather.date = polled.date
    left join closed on closed.source_id = polled.source_id and closed.date = polled.date
    where
        weather.feels_like_f is not null
        and isodow(polled.date) <= 5  -- on a weekend most of what closes is closed anyway
        and ($since::date is null or polled.date >= $since::date)
        and ($until::date is null or polled.date <= $until::date)
)

select
    feels_like_from,
    feels_like_from + $band::integer as feels_like_below,
    wintry,
    count(*) as days,
    count(*) filter (where organisations > 0) as days_with_closings,
    round(count(*) filter (where organisations > 0) / count(*), 4) as closed_share,
    round(wilson_low(count(*) filter (where organisations > 0), count(*)), 4) as share_low,
    round(wilson_high(count(*) filter (where organisations > 0), count(*)), 4) as share_high,
    median(organisations) filter (where organisations > 0) as p50_organisations,
    max(organisations) as most_organisations
from days
group by feels_like_from, wintry
order by feels_like_from, wintry
