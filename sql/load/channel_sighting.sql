insert into channel_sighting
select new_fetch.fetch_id, new_fetch.source_id, staged.url, staged.channel, staged.slot, min(staged.rank), new_fetch.requested_at
from stage_find as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
group by all;
