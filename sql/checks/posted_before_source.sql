-- Finds new articles with a posting date before the source existed, according to its history in config.
-- level: warn
-- reads: fact_article, first_unchecked_fetch(), source_era
with existing as (
    select source_id, min(since_date) as since_date from source_era group by source_id
)

select fact_article.article_id, fact_article.posted_date, existing.since_date, fact_article.url
from fact_article
join existing on existing.source_id = fact_article.source_id
where
    fact_article.fetch_id >= first_unchecked_fetch('posted_before_source')
    and fact_article.posted_date < existing.since_date;
