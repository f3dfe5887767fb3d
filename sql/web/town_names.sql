-- Returns the towns that some article names.
-- grain: one town, by name
-- reads: dim_place, fact_article_place
select distinct town.name as town
from dim_place as town
where town.place_id in (select place_id from fact_article_place)
order by town
