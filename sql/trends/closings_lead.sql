-- title: Closings ahead
-- question: How long before the closed day are closings posted?
-- grain: one source; hours from first sight of a closing to the start of its local day (negative: on the day itself)
-- needs: closings lists, read at least twice: what stood on the first one may have been posted long before
-- param: since date = none - first day closed (none: all)
-- param: until date = none - last day closed (none: all)
-- param: source text = none - only this source
-- chart: bar
-- x: source
-- y: p50_hours_ahead
-- series: none
-- heading: p50_hours_ahead = hours ahead, median
-- heading: day_before_share = share posted the day before
-- heading: p50_hours_unwatched = hours between lists, median
with polls as (
    select
        source_id, polled_at,
        lag(polled_at) over (partition by source_id order by polled_at) as previous_at
    from fact_closing_poll
    where state in ('populated', 'empty')
),

firsts as (
    select source_id, organisation_id, effective_date, min(first_seen_at) as seen_at
    from fact_closing
    where
        effective_date is not null
        and ($since::date is null or effective_date >= $since::date)
        and ($until::date is null or effective_date <= $until::date)
    group by all
),

-- Closings on the first list ever read are left out: they may have been posted long before.
leads as (
    select
        source.name as source,
        epoch(timezone(source.zone, firsts.effective_date::timestamp) - firsts.seen_at) / 3600 as hours_ahead,
        epoch(polls.polled_at - polls.previous_at) / 3600 as hours_unwatched
    from firsts
    join selected_sources($source::text) as source on source.source_id = firsts.source_id
    join polls on polls.source_id = firsts.source_id and polls.polled_at = firsts.seen_at
    where polls.previous_at is not null
),

counted as (
    select
        source, count(*) as closings, count(*) filter (where hours_ahead > 0) as day_before,
        quantile_cont(hours_ahead, [0.05, 0.5, 0.95]) as hours_ahead,
        quantile_cont(hours_unwatched, 0.5) as hours_unwatched
    from leads
    group by source
)

select
    source,
    closings,
    round(hours_ahead[2], 1) as p50_hours_ahead,
    round(hours_ahead[1], 1) as p05_hours_ahead,
    round(hours_ahead[3], 1) as p95_hours_ahead,
    round(day_before / closings, 4) as day_before_share,
    round(wilson_low(day_before, closings), 4) as share_low,
    round(wilson_high(day_before, closings), 4) as share_high,
    round(hours_unwatched, 1) as p50_hours_unwatched
from counted
order by source
