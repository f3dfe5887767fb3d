-- title: Panel twins
-- question: Which towns of a panel are read from one weather station?
-- grain: one pair of a source's panel towns; hours in which both were shown, equal in temperature, sky and feels-like
-- param: since date = none - first UTC day (none: 90 days up to `until`)
-- param: until date = none - last UTC day (none: the last one looked at)
-- param: source text = none - one source only
-- param: support integer = 20 - fewest hours seen together
-- param: top integer = 30 - how many pairs, the most alike first
-- chart: table
-- x: town
-- y: equal_share
-- series: other
with last_look as (
    select coalesce($until::date, max(captured_at)::date) as until_date from panel_reading
),

bounds as (
    select
        timezone('UTC', coalesce($since::date, until_date - 89)::timestamp) as since_at,
        timezone('UTC', (until_date + 1)::timestamp) as until_at
    from last_look
),

-- A panel stands on every page of a crawl: one look an hour is evidence, more are echoes.
hours as (
    select
        panel_reading.source_id, panel_reading.place,
        date_trunc('hour', panel_reading.captured_at) as hour,
        arg_max(
            {
                'temp_f': panel_reading.temp_f, 'condition': panel_reading.condition,
                'feels_like_f': panel_reading.feels_like_f
            },
            (panel_reading.captured_at, panel_reading.fetch_id)
        ) as shown
    from panel_reading
    join bounds on panel_reading.captured_at >= bounds.since_at and panel_reading.captured_at < bounds.until_at
    where panel_reading.place is not null and panel_reading.temp_f is not null
    group by all
),

pairs as (
    select
        one.source_id, one.place as town, other.place as other,
        count(*) as hours,
        count(*) filter (where one.shown is not distinct from other.shown) as equal_hours,
        count(distinct one.shown.temp_f) as readings
    from hours as one
    join hours as other
        on other.source_id = one.source_id and other.hour = one.hour and other.place > one.place
    group by all
    having count(*) >= $support::integer
)

select
    dim_source.name as source,
    pairs.town,
    pairs.other,
    round(pairs.equal_hours / pairs.hours, 4) as equal_share,
    round(wilson_low(pairs.equal_hours, pairs.hours), 4) as share_low,
    round(wilson_high(pairs.equal_hours, pairs.hours), 4) as share_high,
    pairs.hours,
    pairs.readings as temperatures,
    wilson_low(pairs.equal_hours, pairs.hours) > 0.8 and pairs.readings > 1 as one_station
from pairs
join dim_source on dim_source.source_id = pairs.source_id
where $source::text is null or dim_source.name = $source::text
order by pairs.equal_hours / pairs.hours desc, source, pairs.town, pairs.other
limit $top::integer
