-- title: Posted to seen
-- question: How long after posting is a story first fetched?
-- grain: one source; minutes, articles posted at a known time on observed days; the median's 95 % interval by ranks
-- range: 90 days
-- known: left out
-- needs: observed days: a capture shows when a page was archived, not when it could first be seen
-- param: since date = none - first local day (none: 90 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- chart: bar
-- x: source
-- y: p50_minutes
-- series: none
-- heading: p50_minutes = minutes from posted to seen, median
-- heading: p95_minutes = minutes from posted to seen, 95 %
-- heading: p50_low = median, 95 % from
-- heading: p50_high = median, 95 % to

-- Articles posted up to a source's first observed day say nothing about delay: the source was not observed before.
with firsts as (
    select source_id, min(date) as first_date from fact_source_day where observed group by source_id
),

ranked as (
    select
        source.name as source, count(*) as n,
        list_sort(list((epoch_us(article.first_seen_at) - epoch_us(article.posted_at)) / 60000000)) as minutes
    from fact_article as article
    join selected_sources($source::text) as source on source.source_id = article.source_id
    join fact_source_day as observed
        on
            observed.source_id = article.source_id
            and observed.date = article.posted_date
            and observed.observed
    join firsts on firsts.source_id = article.source_id and article.posted_date > firsts.first_date
    where
        article.posted_date between $since::date and $until::date
        and article.posted_precision in ('instant', 'minute')
        and article.first_seen_at >= article.posted_at
    group by source.name
)

select
    source,
    round(list_aggregate(minutes, 'quantile_cont', 0.5), 2) as p50_minutes,
    round(minutes[greatest(1, floor(n / 2 - 0.98 * sqrt(n)))::bigint], 2) as p50_low,
    round(minutes[least(n, 1 + ceil(n / 2 + 0.98 * sqrt(n)))::bigint], 2) as p50_high,
    round(list_aggregate(minutes, 'quantile_cont', 0.95), 2) as p95_minutes,
    n as articles
from ranked
order by source
