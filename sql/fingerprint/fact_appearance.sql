-- Counts and hashes the rows of fact_appearance.
-- reads: dim_source, fact_appearance, fact_article
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.url, fact.channel, fact.slot, fact.from_at, fact.until_at, fact.sightings,
        fact.best_rank, article.article_key
    ))::hugeint), 0)::text as hash
from fact_appearance as fact
join dim_source as source on source.source_id = fact.source_id
left join fact_article as article on article.article_id = fact.article_id;
