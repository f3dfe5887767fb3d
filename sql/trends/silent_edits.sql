-- title: Silent edits
-- question: Which articles changed in the body while the page kept its Updated time?
-- grain: one revision; times UTC, newest first
-- needs: two captures of one article whose body differs while its updated time does not
-- param: since date = none - first UTC day (none: all)
-- param: until date = none - last UTC day (none: all)
-- param: source text = none - only this source
-- param: top integer = 200 - number of revisions, newest first
-- chart: table
-- x: title
-- y: revision
-- series: none
-- heading: revision = revision number
with newest as (
    select
        revision.article_id, revision.revision, revision.from_at, revision.state_hash, article.url,
        source.name as source
    from fact_article_revision as revision
    join fact_article as article on article.article_id = revision.article_id
    join selected_sources($source::text) as source on source.source_id = article.source_id
    where
        revision.silent
        and ($since::date is null or revision.from_at >= timezone('UTC', $since::date::timestamp))
        and ($until::date is null or revision.from_at < timezone('UTC', ($until::date + 1)::timestamp))
    order by revision.from_at desc nulls last, revision.article_id, revision.revision desc
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
