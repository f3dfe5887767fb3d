-- title: Headline changes
-- question: How often does each source change a headline after publication?
-- grain: one source; share is 0..1 of articles seen more than once (only these can show a change), with 95 % interval
-- range: 365 days
-- known: counted
-- needs: articles; a change shows where one was captured more than once
-- param: since date = none - first local day of posting (none: 365 days up to `until`)
-- param: until date = none - last local day of posting (none: last observed day, else last posted)
-- param: source text = none - only this source
-- chart: bar
-- x: source
-- y: changed_articles
-- series: none
-- heading: changed_articles = articles with a changed headline
-- heading: changes = headline changes
-- heading: seen_again = articles captured again
-- heading: share = share changed
with articles as (
    select article.article_id, source.name as source, article.last_seen_at > article.first_seen_at as seen_again
    from fact_article as article
    join selected_sources($source::text) as source on source.source_id = article.source_id
    where coalesce(article.posted_date, article.first_seen_date) between $since::date and $until::date
),

changed as (
    select article_id, count(*) as changes
    from fact_article_revision
    where headline_changed and revision > 1
    group by article_id
),

counted as (
    select
        articles.source, count(*) as articles, count(*) filter (where articles.seen_again) as seen_again,
        count(changed.article_id) as changed_articles,
        coalesce(sum(changed.changes), 0)::bigint as changes
    from articles
    left join changed on changed.article_id = articles.article_id
    group by articles.source
)

select
    source,
    changed_articles,
    changes,
    seen_again,
    articles,
    round(changed_articles / nullif(seen_again, 0), 4) as share,
    round(wilson_low(changed_articles, seen_again), 4) as share_low,
    round(wilson_high(changed_articles, seen_again), 4) as share_high
from counted
order by changed_articles desc, source
