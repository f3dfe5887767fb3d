-- title: Posted to seen
-- question: How long after posting do we see a story?
-- grain: one source; minutes, articles posted at a known time on observed days; median's 95 % interval by ranks
-- param: since date = none - first local day (none: 90 days up to `until`)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: p50_minutes
-- series: none
with last_look as (
    select coalesce($until::date, max(date)) as until_date from fact_source_day where observed
),

looked as (
    select fact_source_day.source_id, fact_source_day.date
    from fact_source_day
    join last_look
        on
            fact_source_day.date
            between coalesce($since::date, last_look.until_date - 89) and last_look.until_date
    where fact_source_day.observed
),

-- What was already there at a source's first look was not late: nobody was looking yet.
firsts as (
    select source_id, min(date) as first_date from fact_source_day where observed group by source_id
),

delays as (
    select
        fact_article.source_id,
        (epoch_us(fact_article.first_seen_at) - epoch_us(fact_article.posted_at)) / 60000000 as minutes
    from fact_article
    join looked on looked.source_id = fact_article.source_id and looked.date = fact_article.posted_date
    join firsts on firsts.source_id = fact_article.source_id and fact_article.posted_date > firsts.first_date
    where
        fact_article.posted_precision in ('instant', 'minute')
        and fact_article.first_seen_at >= fact_article.posted_at
        and fact_article.posted_date between (select min(date) from looked) and (select max(date) from looked)
),

ranked as (
    select source_id, list(minutes order by minutes) as sorted, count(*) as n from delays group by source_id
)

select
    dim_source.name as source,
    round(list_aggregate(ranked.sorted, 'quantile_cont', 0.5), 2) as p50_minutes,
    round(ranked.sorted[greatest(1, floor(ranked.n / 2 - 0.98 * sqrt(ranked.n)))::bigint], 2) as p50_low,
    round(ranked.sorted[least(ranked.n, 1 + ceil(ranked.n / 2 + 0.98 * sqrt(ranked.n)))::bigint], 2) as p50_high,
    round(list_aggregate(ranked.sorted, 'quantile_cont', 0.95), 2) as p95_minutes,
    ranked.n as articles
from ranked
join dim_source on dim_source.source_id = ranked.source_id
where $source::text is null or dim_source.name = $source::text
order by source
