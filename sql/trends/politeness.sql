-- title: Politeness
-- question: How much did we ask of each site, and what did it refuse?
-- grain: one source; days are local to it, bytes as received
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- chart: table
-- x: source
-- y: requests
-- series: none
select
    dim_source.name as source,
    count(*) filter (where fact_fetch.attempts > 0) as exchanges,
    sum(fact_fetch.attempts)::bigint as requests,
    sum(fact_fetch.bytes)::bigint as bytes,
    round(
        count(*) filter (where fact_fetch.outcome = 'unchanged')
        / nullif(count(*) filter (where fact_fetch.attempts > 0), 0),
        4
    ) as unchanged_share,
    count(*) filter (where fact_fetch.outcome = 'refused') as refused,
    count(*) filter (where fact_fetch.outcome = 'unsafe') as unsafe,
    count(*) filter (where fact_fetch.outcome = 'failed') as failed,
    round(sum(fact_fetch.waited_ms) / 1000, 1) as waited_s
from fact_fetch
join dim_source on dim_source.source_id = fact_fetch.source_id
where
    ($source::text is null or dim_source.name = $source::text)
    and (
        $since::date is null
        or timezone(coalesce(dim_source.zone, 'UTC'), fact_fetch.requested_at)::date >= $since::date
    )
    and (
        $until::date is null
        or timezone(coalesce(dim_source.zone, 'UTC'), fact_fetch.requested_at)::date <= $until::date
    )
group by dim_source.name
order by source
