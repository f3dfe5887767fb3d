-- Returns one article with its fields, its story and its archive record.
-- grain: one row
-- reads: dim_source, fact_article, fact_fetch, fact_story
select
    article.article_id, source.name as source, article.title, article.alternative_headline, article.summary,
    article.url, article.native_id, article.authors, article.section, article.publisher, article.lang,
    article.posted_at, article.posted_date, article.posted_raw, article.posted_zone_basis, article.posted_precision,
    article.updated_at, article.updated_raw, article.first_seen_at, article.last_seen_at, article.gone_at,
    article.revisions, article.origin_kind, article.origin_service, article.origin_rule, article.origin_evidence,
    article.word_count, article.template, article.image_url, article.video_url, article.is_free,
    fetched.fetch_id as exchange_id, fetched.warc_file, fetched.warc_offset,
    story.story_id, story.method as story_method,
    (select count(*) from fact_story as copy where copy.story_id = story.story_id) as copies
from fact_article as article
join dim_source as source on source.source_id = article.source_id
left join fact_fetch as fetched on fetched.fetch_id = article.fetch_id
left join fact_story as story on story.article_id = article.article_id
where article.article_id = $article_id::bigint
