insert into fact_forecast_text by name
with looks as (
    select *, row_number() over (partition by source_id order by captured_at nulls first, fetch_id) as look
    from page_look
    where source_id in (select source_id from page_look where fetch_id in (select fetch_id from new_fetch))
),
islands as (
    select *, look - row_number() over (partition by source_id, forecast_hash order by look) as island
    from looks
    where forecast_text is not null
)
select
    source_id, forecast_hash as text_hash, any_value(forecast_text) as text, min(captured_at) as from_at,
    max(captured_at) as until_at, count(*) as page_count
from islands
group by source_id, forecast_hash, island;
