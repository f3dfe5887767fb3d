delete from fact_appearance
where (source_id, channel, slot) in (
    select distinct sighting.source_id, sighting.channel, sighting.slot
    from channel_sighting as sighting
    join new_fetch on new_fetch.fetch_id = sighting.fetch_id
);
