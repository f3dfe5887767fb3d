-- Appends the banners shown on the new pages.
-- needs: stage_banner
-- reads: new_fetch, stage_banner
-- writes: banner_sighting
insert into banner_sighting by name
select distinct new_fetch.fetch_id, staged.kind, staged.text
from stage_banner as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no;
