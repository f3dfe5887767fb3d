-- Finds towns whose panel reading stayed the same for over six hours and three pages while another town of the panel
-- changed by four degrees or more: the station is stale. Observations of the last seven days are compared.
-- level: warn
-- reads: fact_weather_observation
with recent as (
    select place, provider, temp_f, observed_at, until_at, page_count
    from fact_weather_observation
    where
        method = 'panel'
        and observed_at is not null
        and until_at > (select max(until_at) - interval 7 day from fact_weather_observation where method = 'panel')
),

unchanged as (
    select * from recent where until_at > observed_at + interval 6 hour and page_count >= 3
)

select unchanged.provider, unchanged.place, unchanged.temp_f, unchanged.observed_at, unchanged.until_at
from unchanged
join recent as other
    on
        other.provider = unchanged.provider
        and other.place <> unchanged.place
        and other.observed_at <= unchanged.until_at
        and other.until_at >= unchanged.observed_at
group by unchanged.provider, unchanged.place, unchanged.temp_f, unchanged.observed_at, unchanged.until_at
having max(other.temp_f) - min(other.temp_f) >= 4;
