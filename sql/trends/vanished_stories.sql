-- title: Vanished stories
-- question: Which stories were taken down?
-- grain: one article that answered 404 or 410 after it was last seen; times UTC, newest first
-- needs: an article that answered 404 or 410 after it was seen: a backfill shows only what was captured
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - only this source
-- param: top integer = 200 - number of articles, newest first
-- chart: table
-- x: title
-- y: hours_up
-- series: none
-- heading: hours_up = hours seen
-- heading: hours_up_at_most = hours up at most
-- heading: gone_at = gone by (UTC)
select
    source.name as source,
    article.title,
    article.last_seen_at,
    article.gone_at,
    round(epoch(article.last_seen_at - article.first_seen_at) / 3600, 2) as hours_up,
    round(epoch(article.gone_at - article.first_seen_at) / 3600, 2) as hours_up_at_most,
    article.url
from fact_article as article
join selected_sources($source::text) as source on source.source_id = article.source_id
where
    article.gone_at is not null
    and ($since::date is null or article.gone_at >= timezone(source.zone, $since::date::timestamp))
    and ($until::date is null or article.gone_at < timezone(source.zone, ($until::date + 1)::timestamp))
order by article.gone_at desc, article.article_id
limit $top::integer
