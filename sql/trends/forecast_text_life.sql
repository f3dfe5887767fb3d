-- title: Forecast text life
-- question: How long does a forecast text stay unchanged?
-- grain: one source; hours from first to last fetch of one text, at most until the next; the current text is left out
-- needs: two captures, at known times, of pages with different forecast texts
-- param: since date = none - first UTC day (none: 365 days up to `until`)
-- param: until date = none - last UTC day (none: the last one fetched)
-- param: source text = none - only this source
-- chart: bar
-- x: source
-- y: p50_hours
-- series: none
-- heading: p50_hours = hours unchanged, median
-- heading: p95_hours = hours unchanged, 95 %
-- heading: p50_hours_at_most = hours at most, median
-- heading: p95_hours_at_most = hours at most, 95 %
with range as (
    from day_range($since::date, $until::date, 365, (select max(until_at)::date from fact_forecast_text))
),

intervals as (
    select
        text.source_id, text.text_hash, text.from_at, text.until_at,
        lead(text.from_at) over (partition by text.source_id order by text.from_at, text.text_hash) as next_at
    from fact_forecast_text as text
    join range on text.from_at >= range.since_at
),

ended as (
    select
        source.name as source, count(*) as intervals, count(distinct intervals.text_hash) as texts,
        quantile_cont(epoch(intervals.until_at - intervals.from_at) / 3600, [0.5, 0.95]) as hours,
        quantile_cont(epoch(intervals.next_at - intervals.from_at) / 3600, [0.5, 0.95]) as hours_at_most
    from intervals
    join range on intervals.from_at < range.until_at
    join selected_sources($source::text) as source on source.source_id = intervals.source_id
    where intervals.next_at is not null
    group by source.name
)

select
    source,
    round(hours[1], 1) as p50_hours,
    round(hours[2], 1) as p95_hours,
    round(hours_at_most[1], 1) as p50_hours_at_most,
    round(hours_at_most[2], 1) as p95_hours_at_most,
    intervals,
    texts
from ended
order by source
