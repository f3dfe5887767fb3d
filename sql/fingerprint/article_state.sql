-- Counts and hashes the rows of article_state.
-- reads: article_state, dim_source, fact_article
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, article.article_key, fact.state_hash, fact.title, fact.summary, fact.body, fact.body_hash,
        fact.authors, fact.tags, fact.updated_local, fact.content_hash, fact.word_count
    ))::hugeint), 0)::text as hash
from article_state as fact
join fact_article as article on article.article_id = fact.article_id
join dim_source as source on source.source_id = article.source_id;
