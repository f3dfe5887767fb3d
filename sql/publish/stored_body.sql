-- Finds a stored body of one of the sources $names, in a snapshot of any version.
-- reads: article_state, dim_source, fact_article
select true as found
from dim_source as source
join fact_article as article on article.source_id = source.source_id
join article_state as state on state.article_id = article.article_id
where list_contains($names::text[], source.name) and state.body is not null
order by state.article_id
limit 1;
