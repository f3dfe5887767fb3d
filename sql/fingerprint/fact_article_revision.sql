-- Counts and hashes the rows of fact_article_revision.
-- reads: dim_source, fact_article, fact_article_revision
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, article.article_key, fact.revision, fact.from_at, fact.until_at, fact.state_hash, fact.kind,
        fact.headline_changed, fact.body_changed, fact.tags_changed, fact.silent
    ))::hugeint), 0)::text as hash
from fact_article_revision as fact
join fact_article as article on article.article_id = fact.article_id
join dim_source as source on source.source_id = article.source_id;
