-- The stretch of each slot's looks whose spells this batch may change: from the last look before it to the first after
-- it, and the spells that reach into that stretch. Looks more than a week back are read only for slots that have none
-- nearer.
create or replace temp table slot_fresh as
select source_id, channel, slot, min(seen_at) as first_at, max(seen_at) as last_at
from channel_sighting
where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
group by all;
-- A constant, so that only the row groups from this instant on are read.
set variable near_from_at = (select coalesce(min(first_at), 'infinity') - interval 7 days from slot_fresh);
create or replace temp table slot_near as
select
    fresh.source_id, fresh.channel, fresh.slot,
    max(sighting.seen_at) filter (sighting.seen_at < fresh.first_at) as before_at,
    min(sighting.seen_at) filter (sighting.seen_at > fresh.last_at) as after_at
from channel_sighting as sighting
join slot_fresh as fresh using (source_id, channel, slot)
where sighting.seen_at >= getvariable('near_from_at')
group by all;
create or replace temp table slot_lonely as
select fresh.source_id, fresh.channel, fresh.slot, fresh.first_at
from slot_fresh as fresh
join slot_near as near using (source_id, channel, slot)
where near.before_at is null;
create or replace temp table slot_span as
with far as (
    select lonely.source_id, lonely.channel, lonely.slot, max(sighting.seen_at) as before_at
    from channel_sighting as sighting
    join slot_lonely as lonely using (source_id, channel, slot)
    where
        sighting.seen_at < lonely.first_at
        and sighting.seen_at < (select coalesce(max(first_at), '-infinity') from slot_lonely)
    group by all
)
select
    fresh.source_id, fresh.channel, fresh.slot, coalesce(near.before_at, far.before_at, fresh.first_at) as from_at,
    coalesce(near.after_at, fresh.last_at) as until_at
from slot_fresh as fresh
left join slot_near as near using (source_id, channel, slot)
left join far using (source_id, channel, slot);
create or replace temp table stale_appearance as
select
    known.source_id, known.channel, known.slot, known.url, known.article_id, known.from_at, known.until_at
from fact_appearance as known
join slot_span as span using (source_id, channel, slot)
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from slot_span)
    and known.until_at >= span.from_at and known.from_at <= span.until_at;
delete from fact_appearance as known
using slot_span as span
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from slot_span)
    and known.source_id = span.source_id and known.channel = span.channel and known.slot = span.slot
    and known.until_at >= span.from_at and known.from_at <= span.until_at;
