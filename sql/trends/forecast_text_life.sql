-- title: Forecast text life
-- question: How long does a forecast text stay the same?
-- grain: one source; hours from first to last look at one text, at most until the next; the one in force left out
-- param: since date = none - first UTC day (none: all)
-- param: until date = none - last UTC day (none: all)
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: p50_hours
-- series: none
with spells as (
    select
        source_id, text_hash, from_at, until_at,
        lead(from_at) over (partition by source_id order by from_at, text_hash) as next_at
    from fact_forecast_text
    where from_at is not null
),

closed as (
    select
        source_id, text_hash,
        epoch(until_at - from_at) / 3600 as hours,
        epoch(next_at - from_at) / 3600 as hours_at_most
    from spells
    where
        next_at is not null
        and ($since::date is null or from_at >= timezone('UTC', $since::date::timestamp))
        and ($until::date is null or from_at < timezone('UTC', ($until::date + 1)::timestamp))
)

select
    dim_source.name as source,
    round(quantile_cont(closed.hours, 0.5), 1) as p50_hours,
    round(quantile_cont(closed.hours, 0.95), 1) as p95_hours,
    round(quantile_cont(closed.hours_at_most, 0.5), 1) as p50_hours_at_most,
    round(quantile_cont(closed.hours_at_most, 0.95), 1) as p95_hours_at_most,
    count(*) as spells,
    count(distinct closed.text_hash) as texts
from closed
join dim_source on dim_source.source_id = closed.source_id
where $source::text is null or dim_source.name = $source::text
group by dim_source.name
order by source
