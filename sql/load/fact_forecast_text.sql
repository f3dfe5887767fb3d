-- A forecast text's spell ends with the first page that does not show it; pages of one instant are one look. On pages of
-- unknown time a text has no spell, only a count.
insert into fact_forecast_text by name
with stretch as materialized (
    select
        span.source_id, any_value(span.from_at) as span_from_at, any_value(span.until_at) as span_until_at,
        least(min(stale.from_at), any_value(span.from_at)) as from_at,
        greatest(max(stale.until_at), any_value(span.until_at)) as until_at
    from page_span as span
    left join stale_forecast_text as stale using (source_id)
    group by span.source_id
),
looks as (
    select
        look.source_id, look.captured_at, look.forecast_hash, stretch.span_from_at, stretch.span_until_at,
        dense_rank() over (partition by look.source_id order by look.captured_at) as look
    from page_look as look
    join stretch using (source_id)
    where
        look.captured_at >= (select coalesce(min(from_at), 'infinity') from stretch)
        and look.captured_at >= stretch.from_at and look.captured_at <= stretch.until_at
),
islands as (
    select *, look - dense_rank() over (partition by source_id, forecast_hash order by look) as island
    from looks
    where forecast_hash is not null
),
spells as (
    select
        source_id, forecast_hash, min(captured_at) as from_at, max(captured_at) as until_at, count(*) as page_count,
        any_value(span_from_at) as span_from_at, any_value(span_until_at) as span_until_at
    from islands
    group by source_id, forecast_hash, island
    union all
    select look.source_id, look.forecast_hash, null, null, count(*), null, null
    from page_look as look
    join untimed_source using (source_id)
    where look.captured_at is null and look.forecast_hash is not null
    group by all
)
select
    spells.source_id, spells.forecast_hash as text_hash, wording.text, spells.from_at, spells.until_at, spells.page_count
from spells
join forecast_wording as wording using (forecast_hash)
where spells.from_at is null or (spells.until_at >= spells.span_from_at and spells.from_at <= spells.span_until_at);
