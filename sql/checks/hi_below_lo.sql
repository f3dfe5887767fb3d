-- Finds new panel rows whose high is below their low.
-- level: warn
-- reads: first_unchecked_fetch(), panel_reading
select source_id, place, captured_at, hi_f, lo_f
from panel_reading
where fetch_id >= first_unchecked_fetch('hi_below_lo') and hi_f < lo_f;
