-- title: Politeness
-- question: How much did we ask of each site, and what did it refuse?
-- grain: one source; days are local to it, bytes as received
-- param: since date = none - first local day (none: 28 days up to `until`)
-- param: until date = none - last local day (none: last day in the ledger)
-- param: source text = none - one source only
-- chart: table
-- x: source
-- y: requests
-- series: none
with last_day as (
    select coalesce($until::date, max(date)) as until_date from fact_source_day
),

bounds as (
    select
        dim_source.source_id, dim_source.name,
        timezone(
            coalesce(dim_source.zone, 'UTC'), coalesce($since::date, last_day.until_date - 27)::timestamp
        ) as since_at,
        timezone(coalesce(dim_source.zone, 'UTC'), (last_day.until_date + 1)::timestamp) as until_at,
        last_day.until_date - coalesce($since::date, last_day.until_date - 27) + 1 as days
    from dim_source
    cross join last_day
    where $source::text is null or dim_source.name = $source::text
)

select
    bounds.name as source,
    sum(fetched.attempts)::bigint as requests,
    round(sum(fetched.attempts) / any_value(bounds.days), 1) as requests_a_day,
    sum(fetched.bytes)::bigint as bytes,
    count(*) filter (where fetched.attempts > 0) as exchanges,
    round(
        count(*) filter (where fetched.outcome = 'unchanged')
        / nullif(count(*) filter (where fetched.attempts > 0), 0),
        4
    ) as unchanged_share,
    count(*) filter (where fetched.outcome = 'refused') as refused,
    count(*) filter (where fetched.outcome = 'unsafe') as unsafe,
    count(*) filter (where fetched.outcome = 'failed') as failed,
    count(*) filter (where fetched.outcome = 'skipped') as skipped,
    round(sum(fetched.waited_ms) / 1000, 1) as waited_s
from fact_fetch as fetched
join bounds
    on
        bounds.source_id = fetched.source_id
        and fetched.requested_at >= bounds.since_at
        and fetched.requested_at < bounds.until_at
group by bounds.name
order by source
