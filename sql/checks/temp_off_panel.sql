-- Finds readings more than 15 degrees Fahrenheit from the median of their own panel: its towns are too close together
-- for that. New panels of three rows or more are compared; the result has one row per town and hour.
-- level: warn
-- reads: first_unchecked_fetch(), panel_reading
with readings as (
    select
        source_id, place, temp_f, captured_at,
        median(temp_f) over (partition by fetch_id) as panel_f,
        count(temp_f) over (partition by fetch_id) as rows
    from panel_reading
    where fetch_id >= first_unchecked_fetch('temp_off_panel')
)

select
    source_id, place, date_trunc('hour', captured_at) as hour, any_value(temp_f) as temp_f,
    any_value(panel_f) as panel_f
from readings
where rows >= 3 and abs(temp_f - panel_f) > 15
group by source_id, place, hour;
