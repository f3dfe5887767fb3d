-- Counts and hashes the rows of fact_forecast_text.
-- reads: dim_source, fact_forecast_text
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.text_hash, fact.text, fact.from_at, fact.until_at, fact.page_count
    ))::hugeint), 0)::text as hash
from fact_forecast_text as fact
join dim_source as source on source.source_id = fact.source_id;
