-- A spell ends with the first look at the slot that does not show the URL.
insert into fact_appearance by name
with touched as (
    select distinct sighting.source_id, sighting.channel, sighting.slot
    from channel_sighting as sighting
    join new_fetch on new_fetch.fetch_id = sighting.fetch_id
),
sightings as (
    select sighting.* from channel_sighting as sighting join touched using (source_id, channel, slot)
),
numbered as (
    select *, dense_rank() over (partition by source_id, channel, slot order by seen_at, fetch_id) as look from sightings
),
islands as (
    select *, look - row_number() over (partition by source_id, channel, slot, url order by look) as island from numbered
)
select
    islands.source_id, islands.url, any_value(met.article_id) as article_id, islands.channel, islands.slot,
    min(islands.seen_at) as from_at, max(islands.seen_at) as until_at, count(*)::integer as sightings,
    min(islands.rank)::integer as best_rank
from islands
left join article_url as met on met.source_id = islands.source_id and met.url = islands.url
group by islands.source_id, islands.url, islands.channel, islands.slot, islands.island;
