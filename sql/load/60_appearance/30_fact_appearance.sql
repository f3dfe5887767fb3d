-- Rebuilds the appearances inside the slot windows: intervals of consecutive sightings of one URL on one slot. An
-- interval ends with the last exchange before one that does not list the URL.
-- needs: stage_find
-- reads: channel_sighting, known_url, replaced_appearance, slot_window
-- writes: fact_appearance
insert into fact_appearance by name
with bounds as materialized (
    select
        slot_window.source_id, slot_window.channel, slot_window.slot,
        any_value(slot_window.from_at) as window_from_at, any_value(slot_window.until_at) as window_until_at,
        least(min(replaced.from_at), any_value(slot_window.from_at)) as from_at,
        greatest(max(replaced.until_at), any_value(slot_window.until_at)) as until_at
    from slot_window
    left join replaced_appearance as replaced using (source_id, channel, slot)
    group by all
),

sightings as materialized (
    select
        sighting.source_id, sighting.channel, sighting.slot, sighting.url, sighting.rank, sighting.seen_at,
        bounds.window_from_at, bounds.window_until_at
    from channel_sighting as sighting
    join bounds using (source_id, channel, slot)
    where
        sighting.seen_at >= (select coalesce(min(from_at), 'infinity') from bounds)
        and sighting.seen_at >= bounds.from_at and sighting.seen_at <= bounds.until_at
),

numbered as (
    select *, dense_rank() over (partition by source_id, channel, slot order by seen_at) as exchange_no
    from sightings
),

islands as (
    select
        *,
        exchange_no - dense_rank() over (partition by source_id, channel, slot, url order by exchange_no) as island
    from numbered
),

intervals as (
    select
        source_id, url, channel, slot, min(seen_at) as from_at, max(seen_at) as until_at,
        count(*)::integer as sightings, min(rank)::integer as best_rank, any_value(window_from_at) as window_from_at,
        any_value(window_until_at) as window_until_at
    from islands
    group by source_id, url, channel, slot, island
),

replaced as (
    select distinct source_id, url, article_id from replaced_appearance
)

select
    intervals.source_id, intervals.url, coalesce(known_url.article_id, replaced.article_id) as article_id,
    intervals.channel, intervals.slot, intervals.from_at, intervals.until_at, intervals.sightings, intervals.best_rank
from intervals
left join known_url on known_url.source_id = intervals.source_id and known_url.url = intervals.url
left join replaced on replaced.source_id = intervals.source_id and replaced.url = intervals.url
where intervals.until_at >= intervals.window_from_at and intervals.from_at <= intervals.window_until_at;
