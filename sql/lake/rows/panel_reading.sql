-- The rows of panel_reading by month of captured_at.
-- reads: lake_row(), lake_source(), panel_reading
select
    coalesce(strftime(own.captured_at, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.fetch_id) as fetch_id,
        lake_source(own.source_id) as source_id
    )
from panel_reading as own
