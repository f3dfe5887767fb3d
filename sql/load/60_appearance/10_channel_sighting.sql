-- Appends the URLs that a feed, sitemap or section page listed. Exchanges of unknown time are left out.
-- needs: stage_find
-- reads: new_fetch, stage_find
-- writes: channel_sighting
insert into channel_sighting by name
select
    new_fetch.fetch_id, new_fetch.source_id, staged.url, staged.channel, staged.slot, min(staged.rank)::integer as rank,
    new_fetch.requested_at as seen_at
from stage_find as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
where new_fetch.requested_at is not null
group by all;
