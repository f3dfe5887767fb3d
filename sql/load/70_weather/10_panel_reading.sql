-- Appends the weather panel rows of the new pages.
-- needs: stage_panel
-- reads: new_fetch, stage_panel
-- writes: panel_reading
insert into panel_reading by name
select
    new_fetch.fetch_id, new_fetch.source_id, staged.position, staged.place, staged.condition, staged.temp_f,
    staged.hi_f, staged.lo_f, staged.feels_like_f, new_fetch.requested_at as captured_at
from stage_panel as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no;
