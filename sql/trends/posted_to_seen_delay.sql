-- title: Posted to seen
-- question: How long after posting do we see a story?
-- grain: one source; minutes, articles with a known instant on observed days only
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- chart: bar
-- x: source
-- y: p50_minutes
-- series: none
select
    dim_source.name as source,
    round(quantile_cont(epoch(fact_article.first_seen_at - fact_article.posted_at) / 60, 0.5), 2) as p50_minutes,
    round(quantile_cont(epoch(fact_article.first_seen_at - fact_article.posted_at) / 60, 0.95), 2) as p95_minutes,
    count(*) as articles
from fact_article
join dim_source on dim_source.source_id = fact_article.source_id
join fact_source_day
    on
        fact_source_day.source_id = fact_article.source_id
        and fact_source_day.date = fact_article.posted_date
        and fact_source_day.observed
where
    fact_article.posted_precision in ('instant', 'minute')
    and fact_article.first_seen_at >= fact_article.posted_at
    and ($source::text is null or dim_source.name = $source::text)
    and ($since::date is null or fact_article.posted_date >= $since::date)
    and ($until::date is null or fact_article.posted_date <= $until::date)
group by dim_source.name
order by source
