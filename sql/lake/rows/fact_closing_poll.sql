-- The rows of fact_closing_poll by month of polled_at.
-- reads: fact_closing_poll, lake_row(), lake_source()
select
    coalesce(strftime(own.polled_at, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_source(own.source_id) as source_id,
        lake_row(own.fetch_id) as fetch_id,
        lake_row(own.read_fetch_id) as read_fetch_id
    )
from fact_closing_poll as own
