-- The rows of fact_article by month of posting.
-- compares: marked months
-- reads: fact_article, is_compared(), lake_row(), lake_source()
select
    coalesce(strftime(own.posted_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.article_id) as article_id,
        lake_source(own.source_id) as source_id,
        lake_row(own.fetch_id) as fetch_id
    )
from fact_article as own
where is_compared(own.posted_date)
