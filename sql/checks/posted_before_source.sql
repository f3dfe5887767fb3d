-- level: warn
-- An article read anew that says it was posted before its source existed, by the source's history in config.
with born as (
    select source_id, min(since_date) as since_date from source_era group by source_id
)

select fact_article.article_id, fact_article.posted_date, born.since_date, fact_article.url
from fact_article
join born on born.source_id = fact_article.source_id
where
    fact_article.fetch_id >= first_unchecked_fetch('posted_before_source')
    and fact_article.posted_date < born.since_date;
