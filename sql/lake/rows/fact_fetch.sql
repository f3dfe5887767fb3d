-- The rows of fact_fetch by month of requested_at.
-- compares: marked months
-- reads: fact_fetch, is_compared(), lake_row(), lake_source()
select
    coalesce(strftime(own.requested_at, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.fetch_id) as fetch_id,
        lake_source(own.source_id) as source_id
    )
from fact_fetch as own
where is_compared(own.requested_at)
