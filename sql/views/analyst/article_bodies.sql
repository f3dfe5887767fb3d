-- One row per article with its text, as far as bodies are kept.
-- reads: article_state, dim_source, fact_article, fact_article_revision
-- writes: article_bodies
create or replace view article_bodies as
select
    article.article_id, source.name as source, article.title, article.summary, state.body, article.word_count
from fact_article as article
join dim_source as source on source.source_id = article.source_id
left join fact_article_revision as revision
    on revision.article_id = article.article_id and revision.revision = article.revisions
left join article_state as state
    on state.article_id = revision.article_id and state.state_hash = revision.state_hash;
