-- One row per observed state of an article.
-- reads: dim_source, fact_article, fact_article_revision
-- writes: revisions
create or replace view revisions as
select
    revision.article_id, source.name as source, article.title, article.url, revision.revision, revision.kind,
    revision.from_at, revision.until_at, revision.headline_changed, revision.body_changed, revision.tags_changed,
    revision.silent as is_silent
from fact_article_revision as revision
join fact_article as article on article.article_id = revision.article_id
join dim_source as source on source.source_id = article.source_id;
