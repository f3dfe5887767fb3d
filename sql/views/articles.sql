-- One row per article: its current state, its source, its four clocks and its archive record, without body text.
-- reads: dim_source, fact_article, fact_fetch
-- writes: articles
create or replace view articles as
select
    article.article_id, source.name as source, article.native_id, article.url, article.title, article.summary,
    article.authors, article.section, article.posted_at, article.posted_date, article.posted_zone_basis,
    article.updated_at, article.first_seen_at, article.last_seen_at, article.gone_at, article.revisions,
    article.origin_kind, article.origin_service, article.word_count, article.lang, article.template,
    fetched.warc_file, fetched.warc_offset
from fact_article as article
join dim_source as source on source.source_id = article.source_id
left join fact_fetch as fetched on fetched.fetch_id = article.fetch_id;
