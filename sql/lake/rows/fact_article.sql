-- The rows of fact_article by month of posting, else of first sight.
-- reads: fact_article, lake_row(), lake_source()
select
    coalesce(strftime(coalesce(own.posted_date, own.first_seen_date), '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.article_id) as article_id,
        lake_source(own.source_id) as source_id,
        lake_row(own.fetch_id) as fetch_id
    )
from fact_article as own
