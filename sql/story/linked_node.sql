-- Lists the nodes that have a copy, with the day and the name that orders them: the smallest source and article key,
-- because article_id depends on the order of loading.
-- needs: article exchanges, stale_article
-- reads: dim_source, fact_article, story_edge, story_text
with linked as materialized (
    select a as node from story_edge
    union
    select b from story_edge
),

member as materialized (
    select node, date, article_id from story_text where node in (select node from linked)
)

select member.node, any_value(member.date) as date, min(source.name || ' ' || article.article_key) as name
from member
join fact_article as article on article.article_id = member.article_id
join dim_source as source on source.source_id = article.source_id
where article.article_id >= (select coalesce(min(article_id), 9223372036854775807) from member)
group by member.node
order by date, name;
