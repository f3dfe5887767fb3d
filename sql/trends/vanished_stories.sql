-- title: Vanished stories
-- question: Which stories were taken down?
-- grain: one article that answered 404 or 410 after it was last seen; times UTC
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- chart: table
-- x: title
-- y: hours_up
-- series: none
select
    dim_source.name as source,
    fact_article.title,
    fact_article.url,
    fact_article.first_seen_at,
    fact_article.last_seen_at,
    fact_article.gone_at,
    round(epoch(fact_article.gone_at - fact_article.first_seen_at) / 3600, 2) as hours_up
from fact_article
join dim_source on dim_source.source_id = fact_article.source_id
where
    fact_article.gone_at is not null
    and ($source::text is null or dim_source.name = $source::text)
    and ($since::date is null or timezone(coalesce(dim_source.zone, 'UTC'), fact_article.gone_at)::date >= $since::date)
    and ($until::date is null or timezone(coalesce(dim_source.zone, 'UTC'), fact_article.gone_at)::date <= $until::date)
order by fact_article.gone_at, fact_article.article_id
