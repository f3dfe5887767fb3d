-- A spell ends with the first look at the slot that does not show the URL.
insert into fact_appearance by name
with stretch as materialized (
    select
        span.source_id, span.channel, span.slot, any_value(span.from_at) as span_from_at,
        any_value(span.until_at) as span_until_at, least(min(stale.from_at), any_value(span.from_at)) as from_at,
        greatest(max(stale.until_at), any_value(span.until_at)) as until_at
    from slot_span as span
    left join stale_appearance as stale using (source_id, channel, slot)
    group by all
),
sightings as materialized (
    select sighting.*, stretch.span_from_at, stretch.span_until_at
    from channel_sighting as sighting
    join stretch using (source_id, channel, slot)
    where
        sighting.seen_at >= (select coalesce(min(from_at), 'infinity') from stretch)
        and sighting.seen_at >= stretch.from_at and sighting.seen_at <= stretch.until_at
),
numbered as (
    select *, dense_rank() over (partition by source_id, channel, slot order by seen_at) as look from sightings
),
islands as (
    select *, look - dense_rank() over (partition by source_id, channel, slot, url order by look) as island from numbered
),
spells as (
    select
        source_id, url, channel, slot, min(seen_at) as from_at, max(seen_at) as until_at, count(*)::integer as sightings,
        min(rank)::integer as best_rank, any_value(span_from_at) as span_from_at, any_value(span_until_at) as span_until_at
    from islands
    group by source_id, url, channel, slot, island
)
select
    spells.source_id, spells.url, coalesce(met.article_id, stale.article_id) as article_id, spells.channel, spells.slot, spells.from_at, spells.until_at,
    spells.sightings, spells.best_rank
from spells
left join known_url as met on met.source_id = spells.source_id and met.url = spells.url
left join (
    select distinct source_id, url, article_id from stale_appearance
) as stale on stale.source_id = spells.source_id and stale.url = spells.url
where spells.until_at >= spells.span_from_at and spells.from_at <= spells.span_until_at;
