-- Returns the articles of one story, the first one posted first, with their last known texts.
-- grain: one article, at most 100; `total` is how many there are
-- reads: article_state, dim_source, fact_article, fact_article_revision, fact_story
with newest as (
    select article_id, max(revision) as revision from fact_article_revision group by article_id
)

select
    article.article_id, source.name as source, article.title, article.posted_at, article.posted_date,
    article.first_seen_at, article.gone_at, article.revisions, article.origin_kind, article.origin_service,
    article.word_count, story.method,
    round(epoch(article.posted_at - min(article.posted_at) over ()) / 60, 0) as minutes_behind,
    state.title as state_title, state.body, count(*) over () as total
from fact_story as story
join fact_article as article on article.article_id = story.article_id
join dim_source as source on source.source_id = article.source_id
left join newest on newest.article_id = article.article_id
left join fact_article_revision as revision
    on revision.article_id = newest.article_id and revision.revision = newest.revision
left join article_state as state
    on state.article_id = revision.article_id and state.state_hash = revision.state_hash
where story.story_id = $story_id::bigint
order by article.posted_at nulls last, article.first_seen_at nulls last, article.article_id
limit 100
