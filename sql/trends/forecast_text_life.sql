-- title: Forecast text life
-- question: How long does a forecast text stay the same?
-- grain: one source; hours from first to last look at one text, at most until the next; the one in force left out
-- param: since date = none - first UTC day (none: 365 days up to `until`)
-- param: until date = none - last UTC day (none: the last one looked at)
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: p50_hours
-- series: none
with last_look as (
    select coalesce($until::date, max(until_at)::date) as until_date from fact_forecast_text
),

bounds as (
    select
        timezone('UTC', coalesce($since::date, until_date - 364)::timestamp) as since_at,
        timezone('UTC', (until_date + 1)::timestamp) as until_at
    from last_look
),

spells as (
    select
        fact_forecast_text.source_id, fact_forecast_text.text_hash, fact_forecast_text.from_at,
        fact_forecast_text.until_at,
        lead(fact_forecast_text.from_at) over (
            partition by fact_forecast_text.source_id order by fact_forecast_text.from_at, fact_forecast_text.text_hash
        ) as next_at
    from fact_forecast_text
    join bounds on fact_forecast_text.from_at >= bounds.since_at
),

closed as (
    select
        source_id, text_hash,
        epoch(until_at - from_at) / 3600 as hours,
        epoch(next_at - from_at) / 3600 as hours_at_most
    from spells
    where
        next_at is not null
        and from_at < (select until_at from bounds)
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
