-- title: Closings and weather
-- question: How do school and business closings relate to wind chill and snow?
-- grain: one band of the day's lowest feels-like x wintry or not; weekdays with a valid closings list and known weather
-- needs: closings lists and weather of the same days: a backfill does not show on which days nothing was closed
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - only this source
-- param: band integer = 10 - width of a band, in degrees Fahrenheit
-- chart: table
-- x: feels_like_from
-- y: closed_share
-- series: wintry
-- heading: feels_like_from = feels like from (°F)
-- heading: feels_like_below = below (°F)
-- heading: wintry = snow or winter alert
-- heading: days_with_closings = days with closings
-- heading: closed_share = share of days with closings
-- heading: p50_organisations = organizations closed, median
-- heading: most_organisations = organizations closed, most
with sources as (
    select source_id, zone from selected_sources($source::text)
),

-- Only a valid list, with or without entries, proves whether there were closings; a broken or stale one does not.
polled as (
    select distinct sources.source_id, timezone(sources.zone, poll.polled_at)::date as date
    from fact_closing_poll as poll
    join sources on sources.source_id = poll.source_id
    where poll.state in ('populated', 'empty')
),

closed as (
    select
        sources.source_id,
        coalesce(closing.effective_date, timezone(sources.zone, closing.first_seen_at)::date) as date,
        count(distinct closing.organisation_id) as organisations
    from fact_closing as closing
    join sources on sources.source_id = closing.source_id
    group by all
),

alerted as (
    select
        sources.source_id,
        unnest(generate_series(
            timezone(sources.zone, banner.from_at)::date::timestamp,
            timezone(sources.zone, banner.until_at)::date::timestamp,
            interval 1 day
        ))::date as date
    from fact_banner as banner
    join sources on sources.source_id = banner.source_id
    where
        banner.kind = 'severe'
        and banner.from_at is not null
        and regexp_matches(lower(banner.text), 'winter|snow|blizzard|ice storm|freezing')
),

weather as (
    select
        source_id, date,
        min(coalesce(min_feels_like_f, min_temp_f)) as feels_like_f,
        coalesce(bool_or(regexp_matches(conditions, 'snow|sleet|flurr|wintry|blizzard|ice')), false) as snow_seen
    from source_weather($source::text)
    group by all
),

bands as (
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
    round(days_with_closings / days, 4) as closed_share,
    round(wilson_low(days_with_closings, days), 4) as share_low,
    round(wilson_high(days_with_closings, days), 4) as share_high,
    median(organisations) filter (where organisations > 0) as p50_organisations,
    max(organisations) as most_organisations
from bands
group by feels_like_from, wintry
order by feels_like_from, wintry
