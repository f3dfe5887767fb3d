-- The spells of forecast texts by month of their first capture, without the text itself.
-- reads: fact_forecast_text
select coalesce(strftime(own.from_at, '%Y-%m'), 'none') as lake_month, own.* replace (null::text as text)
from fact_forecast_text as own
