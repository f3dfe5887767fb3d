-- Returns the articles whose text changed while their Updated time stayed, or whose headline changed, since $since_at.
-- grain: one revision, newest first, at most $most
-- reads: articles, fact_article_revision
select
    articles.article_id, articles.title, articles.source, revision.revision, revision.from_at as seen_at,
    revision.silent, revision.headline_changed, revision.body_changed, count(*) over () as total
from fact_article_revision as revision
join articles on articles.article_id = revision.article_id
where
    revision.revision > 1
    and (revision.silent or revision.headline_changed)
    and revision.from_at >= $since_at::timestamptz
order by revision.from_at desc, revision.article_id
limit $most::integer
