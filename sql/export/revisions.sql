-- Revisions of articles for export: hashes, no text.
-- grain: one observed content state of an article, by month in which it was first seen
-- reads: dim_source, fact_article, fact_article_revision
select
    strftime(revision.from_at, '%Y-%m') as month, source.name as source, article.article_key, revision.revision,
    revision.from_at, revision.until_at, revision.kind, revision.silent, revision.state_hash
from fact_article_revision as revision
join fact_article as article on article.article_id = revision.article_id
join dim_source as source on source.source_id = article.source_id
order by month, source, article.article_key, revision.revision
