-- The spells of forecast texts by month of their first capture, without the text itself.
-- reads: fact_forecast_text, lake_source()
select
    coalesce(strftime(own.from_at, '%Y-%m'), 'none') as lake_month, own.* replace (
        lake_source(own.source_id) as source_id, null::text as text
    )
from fact_forecast_text as own
