-- level: warn
-- A town whose reading stayed the same for over six hours and three looks, while another town of its panel changed by
-- four degrees: its station is stale. Spells of the last seven days.
with recent as (
    select place, provider, temp_f, observed_at, until_at, page_count
    from fact_weather_observation
    where
        method = 'panel'
        and observed_at is not null
        and until_at > (select max(until_at) - interval 7 day from fact_weather_observation where method = 'panel')
),

still as (
    select * from recent where until_at > observed_at + interval 6 hour and page_count >= 3
)

select still.provider, still.place, still.temp_f, still.observed_at, still.until_at
from still
join recent as other
    on
        other.provider = still.provider
        and other.place <> still.place
        and other.observed_at <= still.until_at
        and other.until_at >= still.observed_at
group by still.provider, still.place, still.temp_f, still.observed_at, still.until_at
having max(other.temp_f) - min(other.temp_f) >= 4;
