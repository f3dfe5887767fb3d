-- title: Closings ahead
-- question: How early are closings posted?
-- grain: one source; hours from first sight of a closing to the start of its local day (negative: on the day itself)
-- param: since date = none - first day closed (none: all)
-- param: until date = none - last day closed (none: all)
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: p50_hours_ahead
-- series: none
with polls as (
    select
        source_id, polled_at,
        lag(polled_at) over (partition by source_id order by polled_at) as before_at
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

-- What stood on the list at the first look of all may have stood there for long: left out.
leads as (
    select
        dim_source.name,
        epoch(timezone(coalesce(dim_source.zone, 'UTC'), firsts.effective_date::timestamp) - firsts.seen_at) / 3600
            as hours_ahead,
        epoch(polls.polled_at - polls.before_at) / 3600 as hours_unwatched
    from firsts
    join dim_source on dim_source.source_id = firsts.source_id
    join polls on polls.source_id = firsts.source_id and polls.polled_at = firsts.seen_at
    where polls.before_at is not null and ($source::text is null or dim_source.name = $source::text)
)

select
    name as source,
    count(*) as closings,
    round(quantile_cont(hours_ahead, 0.5), 1) as p50_hours_ahead,
    round(quantile_cont(hours_ahead, 0.05), 1) as p05_hours_ahead,
    round(quantile_cont(hours_ahead, 0.95), 1) as p95_hours_ahead,
    round(count(*) filter (where hours_ahead > 0) / count(*), 4) as day_before_share,
    round(wilson_low(count(*) filter (where hours_ahead > 0), count(*)), 4) as share_low,
    round(wilson_high(count(*) filter (where hours_ahead > 0), count(*)), 4) as share_high,
    round(quantile_cont(hours_unwatched, 0.5), 1) as p50_hours_unwatched
from leads
group by name
order by source
