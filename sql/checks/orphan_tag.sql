-- level: fail
-- A tag row's article and tag exist.
select article_id, tag_id
from fact_article_tag
where article_id not in (select article_id from fact_article) or tag_id not in (select tag_id from dim_tag);
