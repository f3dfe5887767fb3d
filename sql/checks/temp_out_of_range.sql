-- Finds temperatures, highs, lows and feels-like values outside -80 to 140 degrees Fahrenheit.
-- level: warn
-- reads: fact_weather_observation, first_unchecked_fetch(), panel_reading
select source_id::text as provider, place, captured_at, temp_f, feels_like_f, hi_f, lo_f
from panel_reading
where
    fetch_id >= first_unchecked_fetch('temp_out_of_range')
    and not (
        coalesce(temp_f, 0) between -80 and 140
        and coalesce(feels_like_f, 0) between -80 and 140
        and coalesce(hi_f, 0) between -80 and 140
        and coalesce(lo_f, 0) between -80 and 140
    )
union all
select provider, place, observed_at, temp_f, feels_like_f, null, null
from fact_weather_observation
where
    method = 'nws'
    and not (coalesce(temp_f, 0) between -80 and 140 and coalesce(feels_like_f, 0) between -80 and 140);
