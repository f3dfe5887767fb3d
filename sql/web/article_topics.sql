-- Returns the topics of one article.
-- grain: one topic
-- reads: article_tags
select tag as topic, folded, facet, is_parent
from article_tags
where article_id = $article_id::bigint
order by is_parent, folded
