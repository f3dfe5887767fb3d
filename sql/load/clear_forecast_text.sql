create or replace temp table stale_forecast_text as
select known.source_id, known.from_at, known.until_at
from fact_forecast_text as known
join page_span as span using (source_id)
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from page_span)
    and known.until_at >= span.from_at and known.from_at <= span.until_at;
delete from fact_forecast_text as known
using page_span as span
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from page_span) and known.source_id = span.source_id
    and known.until_at >= span.from_at and known.from_at <= span.until_at;
delete from fact_forecast_text where from_at is null and source_id in (select source_id from untimed_source);
