-- title: Politeness
-- question: How many requests did each site receive, and which did it refuse?
-- grain: one source; days are local to it, bytes as received
-- needs: requests of newsvane itself: a backfill makes none
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last day in the ledger)
-- param: source text = none - only this source
-- chart: table
-- x: source
-- y: requests
-- series: none
-- heading: unchanged_share = share unchanged
-- heading: waited_s = waited (s)
with ranges as (
    select
        source.source_id, source.name,
        timezone(source.zone, range.since_date::timestamp) as since_at,
        timezone(source.zone, (range.until_date + 1)::timestamp) as until_at,
        range.until_date - range.since_date + 1 as days
    from selected_sources($source::text) as source
    cross join day_range($since::date, $until::date, 28, (select max(date) from fact_source_day)) as range
)

select
    ranges.name as source,
    sum(exchange.attempts)::bigint as requests,
    round(requests / any_value(ranges.days), 1) as requests_a_day,
    sum(exchange.bytes)::bigint as bytes,
    count(*) filter (where exchange.attempts > 0) as exchanges,
    round(count(*) filter (where exchange.outcome = 'unchanged') / nullif(exchanges, 0), 4) as unchanged_share,
    count(*) filter (where exchange.outcome = 'refused') as refused,
    count(*) filter (where exchange.outcome = 'unsafe') as unsafe,
    count(*) filter (where exchange.outcome = 'failed') as failed,
    count(*) filter (where exchange.outcome = 'skipped') as skipped,
    round(sum(exchange.waited_ms) / 1000, 1) as waited_s
from fact_fetch as exchange
join ranges
    on
        ranges.source_id = exchange.source_id
        and exchange.requested_at >= ranges.since_at
        and exchange.requested_at < ranges.until_at
group by ranges.name
order by source
