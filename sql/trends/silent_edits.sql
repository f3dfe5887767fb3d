-- title: Silent edits
-- question: Which bodies changed while the page kept its Updated time?
-- grain: one revision; times UTC
-- param: source text = none - one source only
-- chart: table
-- x: title
-- y: revision
-- series: none
select
    dim_source.name as source,
    article_state.title,
    fact_article.url,
    fact_article_revision.revision,
    fact_article_revision.from_at as seen_at
from fact_article_revision
join fact_article on fact_article.article_id = fact_article_revision.article_id
join dim_source on dim_source.source_id = fact_article.source_id
left join article_state
    on
        article_state.article_id = fact_article_revision.article_id
        and article_state.state_hash = fact_article_revision.state_hash
where fact_article_revision.silent and ($source::text is null or dim_source.name = $source::text)
order by seen_at, fact_article.article_id, fact_article_revision.revision
