-- title: Panel twins
-- question: Which towns of a weather panel show readings from the same station?
-- grain: one pair of a source's panel towns; hours with both shown, and with equal temperature, sky and feels-like
-- needs: captures, at known times, of a weather panel with two towns, over `support` hours
-- param: since date = none - first UTC day (none: 90 days up to `until`)
-- param: until date = none - last UTC day (none: the last one fetched)
-- param: source text = none - only this source
-- param: support integer = 20 - minimum hours in which both towns were shown
-- param: top integer = 30 - number of pairs, most similar first
-- chart: table
-- x: town
-- y: equal_share
-- series: other
-- heading: other = other town
-- heading: equal_share = share of hours with equal readings
-- heading: hours = hours both shown
-- heading: temperatures = different temperatures
-- heading: one_station = one station

-- A crawl captures the same panel on every page: one reading an hour counts, the rest are repetitions.
with hours as (
    select
        reading.source_id, reading.place,
        date_trunc('hour', reading.captured_at) as hour,
        arg_max(
            {'temp_f': reading.temp_f, 'condition': reading.condition, 'feels_like_f': reading.feels_like_f},
            (reading.captured_at, reading.fetch_id)
        ) as shown
    from panel_reading as reading
    join day_range($since::date, $until::date, 90, (select max(captured_at)::date from panel_reading)) as range
        on reading.captured_at >= range.since_at and reading.captured_at < range.until_at
    where reading.place is not null and reading.temp_f is not null
    group by all
),

pairs as (
    select
        one.source_id, one.place as town, other.place as other,
        count(*) as hours,
        count(*) filter (where one.shown is not distinct from other.shown) as equal_hours,
        count(distinct one.shown.temp_f) as temperatures
    from hours as one
    join hours as other
        on other.source_id = one.source_id and other.hour = one.hour and other.place > one.place
    group by all
    having hours >= $support::integer
)

select
    source.name as source,
    pairs.town,
    pairs.other,
    round(pairs.equal_hours / pairs.hours, 4) as equal_share,
    round(wilson_low(pairs.equal_hours, pairs.hours), 4) as share_low,
    round(wilson_high(pairs.equal_hours, pairs.hours), 4) as share_high,
    pairs.hours,
    pairs.temperatures,
    wilson_low(pairs.equal_hours, pairs.hours) > 0.8 and pairs.temperatures > 1 as one_station
from pairs
join selected_sources($source::text) as source on source.source_id = pairs.source_id
order by pairs.equal_hours / pairs.hours desc, source, pairs.town, pairs.other
limit $top::integer
