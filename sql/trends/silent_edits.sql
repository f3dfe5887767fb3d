-- title: Silent edits
-- question: Which bodies changed while the page kept its Updated time?
-- grain: one revision; times UTC, newest first
-- param: since date = none - first UTC day (none: all)
-- param: until date = none - last UTC day (none: all)
-- param: source text = none - one source only
-- param: top integer = 200 - how many, newest first
-- chart: table
-- x: title
-- y: revision
-- series: none
with silent as (
    select article_id, revision, from_at, state_hash
    from fact_article_revision
    where
        silent
        and ($since::date is null or from_at >= timezone('UTC', $since::date::timestamp))
        and ($until::date is null or from_at < timezone('UTC', ($until::date + 1)::timestamp))
),

newest as (
    select
        silent.article_id, silent.revision, silent.from_at, silent.state_hash, fact_article.url,
        dim_source.name as source
    from silent
    join fact_article on fact_article.article_id = silent.article_id
    join dim_source on dim_source.source_id = fact_article.source_id
    where $source::text is null or dim_source.name = $source::text
    order by silent.from_at desc nulls last, silent.article_id, silent.revision desc
    limit $top::integer
)

select
    newest.source,
    article_state.title,
    newest.from_at as seen_at,
    newest.revision,
    newest.url
from newest
left join article_state
    on article_state.article_id = newest.article_id and article_state.state_hash = newest.state_hash
order by newest.from_at desc nulls last, newest.article_id, newest.revision desc
