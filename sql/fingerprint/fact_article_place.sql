-- Counts and hashes the rows of fact_article_place.
-- reads: dim_place, dim_source, fact_article, fact_article_place
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, article.article_key, fact.name, fact.method, place.place_key
    ))::hugeint), 0)::text as hash
from fact_article_place as fact
join fact_article as article on article.article_id = fact.article_id
join dim_source as source on source.source_id = article.source_id
left join dim_place as place on place.place_id = fact.place_id;
