-- Returns the content states of one article in order of time.
-- grain: one revision
-- reads: article_state, fact_article_revision
select
    revision.revision, revision.kind, revision.silent, revision.from_at, revision.until_at,
    state.title, state.summary, state.body, state.tags, state.word_count
from fact_article_revision as revision
left join article_state as state
    on state.article_id = revision.article_id and state.state_hash = revision.state_hash
where revision.article_id = $article_id::bigint
order by revision.revision
