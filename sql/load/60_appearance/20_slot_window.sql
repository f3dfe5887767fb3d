-- Computes, per slot, the time window in which this load can change appearances, and moves the intervals that reach
-- into it to replaced_appearance. The window runs from the last earlier sighting to the first later one.
-- needs: stage_find
-- reads: channel_sighting, fact_appearance, new_fetch
-- writes: batch_slot, fact_appearance, near_slot, replaced_appearance, slot_window, unbounded_slot, variable
--     near_from_at
create or replace temp table batch_slot as
select source_id, channel, slot, min(seen_at) as first_at, max(seen_at) as last_at
from channel_sighting
where fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
group by all;

-- A variable is a constant to the optimizer, so that only row groups from this instant on are read.
set variable near_from_at = (select coalesce(min(first_at), 'infinity') - interval 7 days from batch_slot);

create or replace temp table near_slot as
select
    batch_slot.source_id, batch_slot.channel, batch_slot.slot,
    max(sighting.seen_at) filter (sighting.seen_at < batch_slot.first_at) as before_at,
    min(sighting.seen_at) filter (sighting.seen_at > batch_slot.last_at) as after_at
from channel_sighting as sighting
join batch_slot using (source_id, channel, slot)
where sighting.seen_at >= getvariable('near_from_at')
group by all;

-- Sightings more than a week back are read only for slots without a nearer one.
create or replace temp table unbounded_slot as
select batch_slot.source_id, batch_slot.channel, batch_slot.slot, batch_slot.first_at
from batch_slot
join near_slot using (source_id, channel, slot)
where near_slot.before_at is null;

create or replace temp table slot_window as
with far as (
    select slot.source_id, slot.channel, slot.slot, max(sighting.seen_at) as before_at
    from channel_sighting as sighting
    join unbounded_slot as slot using (source_id, channel, slot)
    where
        sighting.seen_at < slot.first_at
        and sighting.seen_at < (select coalesce(max(first_at), '-infinity') from unbounded_slot)
    group by all
)

select
    batch_slot.source_id, batch_slot.channel, batch_slot.slot,
    coalesce(near_slot.before_at, far.before_at, batch_slot.first_at) as from_at,
    coalesce(near_slot.after_at, batch_slot.last_at) as until_at
from batch_slot
left join near_slot using (source_id, channel, slot)
left join far using (source_id, channel, slot);

create or replace temp table replaced_appearance as
select
    known.source_id, known.channel, known.slot, known.url, known.article_id, known.from_at, known.until_at
from fact_appearance as known
join slot_window using (source_id, channel, slot)
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from slot_window)
    and known.until_at >= slot_window.from_at and known.from_at <= slot_window.until_at;

delete from fact_appearance as known
using slot_window
where
    known.until_at >= (select coalesce(min(from_at), 'infinity') from slot_window)
    and known.source_id = slot_window.source_id and known.channel = slot_window.channel
    and known.slot = slot_window.slot
    and known.until_at >= slot_window.from_at and known.from_at <= slot_window.until_at;
