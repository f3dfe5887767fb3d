-- The rows of fact_appearance by month of from_at.
-- reads: fact_appearance, lake_row(), lake_source()
select
    coalesce(strftime(own.from_at, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_source(own.source_id) as source_id,
        lake_row(own.article_id) as article_id
    )
from fact_appearance as own
