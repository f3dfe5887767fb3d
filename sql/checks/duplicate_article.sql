-- Finds articles stored more than once: source and key together are unique. Only articles read since the last clean run
-- are compared.
-- level: fail
-- reads: fact_article, first_unchecked_fetch()
with fresh as (
    select source_id, article_key
    from fact_article
    where fetch_id >= first_unchecked_fetch('duplicate_article')
)

select source_id, article_key, count(*) as rows
from fact_article
where (source_id, article_key) in (select source_id, article_key from fresh)
group by source_id, article_key
having count(*) > 1;
