-- Returns the places that one article names; `town` is null where config knows no place of that name.
-- grain: one name
-- reads: dim_place, fact_article_place
select mention.name, town.name as town, town.state, string_agg(mention.method, ', ' order by mention.method) as methods
from fact_article_place as mention
left join dim_place as town on town.place_id = mention.place_id
where mention.article_id = $article_id::bigint
group by mention.name, town.name, town.state
order by mention.name
