-- The source with this name, or every source when the name is null.
-- grain: one source
create or replace temp macro selected_sources(source_name) as table
    select source_id, name, coalesce(zone, 'UTC') as zone, home, place_key
    from dim_source
    where source_name is null or name = source_name;

-- Daily weather of each source's own town: from the source's panel and from the town's weather station.
-- grain: one source x local day x provider; conditions in lower case
create or replace temp macro source_weather(source_name) as table
    select
        source.source_id, weather.date, weather.min_temp_f, weather.max_temp_f, weather.min_feels_like_f,
        weather.max_gust_mph, weather.precip_in,
        lower(array_to_string(weather.conditions, ' ')) as conditions
    from agg_weather_day as weather
    join dim_place as town on town.place_id = weather.place_id
    join selected_sources(source_name) as source on source.place_key = town.place_key
    where weather.method = 'nws' or weather.provider = source.name;
