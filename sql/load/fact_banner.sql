-- A bar's spell ends with the first page that could have shown it and did not; pages of one instant are one look. On
-- pages of unknown time a bar has no spell, only a count.
insert into fact_banner by name
with stretch as materialized (
    select
        span.source_id, any_value(span.from_at) as span_from_at, any_value(span.until_at) as span_until_at,
        least(min(stale.from_at), any_value(span.from_at)) as from_at,
        greatest(max(stale.until_at), any_value(span.until_at)) as until_at
    from page_span as span
    left join stale_banner as stale using (source_id)
    group by span.source_id
),
looks as materialized (
    select
        look.fetch_id, look.source_id, look.captured_at, stretch.span_from_at, stretch.span_until_at,
        dense_rank() over (partition by look.source_id order by look.captured_at) as look
    from page_look as look
    join stretch using (source_id)
    where
        look.captured_at >= (select coalesce(min(from_at), 'infinity') from stretch)
        and look.captured_at >= stretch.from_at and look.captured_at <= stretch.until_at
),
shown as materialized (
    select fetch_id, kind, text from banner_sighting where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from looks)
),
islands as (
    select
        looks.*, shown.kind, shown.text,
        looks.look - dense_rank() over (partition by looks.source_id, shown.kind, shown.text order by looks.look) as island
    from shown
    join looks using (fetch_id)
),
spells as (
    select
        source_id, kind, text, min(captured_at) as from_at, max(captured_at) as until_at, count(*) as page_count,
        any_value(span_from_at) as span_from_at, any_value(span_until_at) as span_until_at
    from islands
    group by source_id, kind, text, island
)
select source_id, kind, text, from_at, until_at, page_count
from spells
where until_at >= span_from_at and from_at <= span_until_at
union all
select look.source_id, banner.kind, banner.text, null, null, count(*)
from page_look as look
join untimed_source using (source_id)
join banner_sighting as banner using (fetch_id)
where look.captured_at is null
group by all;
