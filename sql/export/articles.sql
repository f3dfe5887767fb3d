-- Articles for export, with full text only for the sources named in $full_text.
-- grain: one article, by month of posting (else of first sight)
-- reads: article_state, dim_source, fact_article, fact_article_revision, fact_fetch, fact_story
with latest as (
    select article_id, state_hash
    from fact_article_revision
    qualify row_number() over (partition by article_id order by revision desc) = 1
)

select
    strftime(coalesce(article.posted_date, article.first_seen_date), '%Y-%m') as month, source.name as source,
    article.article_key, article.native_id, article.url, article.title, article.summary, article.authors,
    article.section, article.lang, article.posted_at, article.posted_local, article.posted_date,
    article.posted_zone_basis, article.posted_precision, article.updated_at, article.first_seen_at,
    article.last_seen_at, article.gone_at, article.revisions, article.origin_kind, article.origin_service,
    article.word_count, article.content_hash, story.story_id, fetched.warc_file, fetched.warc_offset,
    case when list_contains($full_text::text[], source.name) then state.body end as body
from fact_article as article
join dim_source as source on source.source_id = article.source_id
left join fact_story as story on story.article_id = article.article_id
left join fact_fetch as fetched on fetched.fetch_id = article.fetch_id
left join latest on latest.article_id = article.article_id
left join article_state as state on state.article_id = article.article_id and state.state_hash = latest.state_hash
order by month, source, article.article_key
