-- title: Vanished stories
-- question: Which stories were taken down?
-- grain: one article that answered 404 or 410 after it was last seen; times UTC, newest first
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- param: top integer = 200 - how many, newest first
-- chart: table
-- x: title
-- y: hours_up
-- series: none
select
    dim_source.name as source,
    fact_article.title,
    fact_article.last_seen_at,
    fact_article.gone_at,
    round(epoch(fact_article.last_seen_at - fact_article.first_seen_at) / 3600, 2) as hours_up,
    round(epoch(fact_article.gone_at - fact_article.first_seen_at) / 3600, 2) as hours_up_at_most,
    fact_article.url
from fact_article
join dim_source on dim_source.source_id = fact_article.source_id
where
    fact_article.gone_at is not null
    and ($source::text is null or dim_source.name = $source::text)
    and (
        $since::date is null
        or fact_article.gone_at >= timezone(coalesce(dim_source.zone, 'UTC'), $since::date::timestamp)
    )
    and (
        $until::date is null
        or fact_article.gone_at < timezone(coalesce(dim_source.zone, 'UTC'), ($until::date + 1)::timestamp)
    )
order by fact_article.gone_at desc, fact_article.article_id
limit $top::integer
