-- level: warn
-- A panel row read anew whose high is below its low.
select source_id, place, captured_at, hi_f, lo_f
from panel_reading
where fetch_id >= first_unchecked_fetch('hi_below_lo') and hi_f < lo_f;
