-- Finds sky conditions of the last seven days with a word that no station or weather service was known to use.
-- level: warn
-- reads: fact_weather_observation
with recent as (
    select distinct condition
    from fact_weather_observation
    where
        condition is not null
        and observed_at > (select max(observed_at) - interval 7 day from fact_weather_observation)
),

words as (
    select condition, unnest(regexp_extract_all(lower(condition), '[a-z]+')) as word from recent
)

select condition, list(word) as unknown_words
from words
where
    word not in (
        'a', 'and', 'or', 'in', 'of', 'the', 'with', 'vicinity', 'light', 'heavy', 'moderate', 'slight', 'chance',
        'likely', 'few', 'scattered', 'isolated', 'broken', 'partly', 'mostly', 'increasing', 'decreasing', 'becoming',
        'patchy', 'areas', 'clear', 'fair', 'sunny', 'sun', 'cloudy', 'clouds', 'overcast', 'fog', 'mist', 'haze',
        'smoke', 'dust', 'sand', 'blowing', 'drifting', 'low', 'rain', 'showers', 'shower', 'drizzle', 'freezing',
        'snow', 'flurries', 'grains', 'sleet', 'ice', 'pellets', 'crystals', 'hail', 'small', 'wintry', 'mix',
        'thunderstorm', 'thunderstorms', 'thunder', 'storm', 'squalls', 'tornado', 'funnel', 'cloud', 'blizzard',
        'windy', 'breezy', 'hot', 'cold', 'frost', 'spray', 'unknown', 'precipitation', 'shallow', 'partial'
    )
group by condition;
