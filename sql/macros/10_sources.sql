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

-- Changes of the owner or site system of each source, or of the named one, as `old > new`; null is no change.
-- grain: one source x day of a change
create or replace temp macro source_changes(source_name) as table
    with eras as (
        select
            source_id, since_date, owner, system,
            lag(owner ignore nulls) over (partition by source_id order by since_date) as old_owner,
            lag(system ignore nulls) over (partition by source_id order by since_date) as old_system
        from source_era
    )

    select
        eras.source_id, source.name as source, eras.since_date,
        case when eras.owner <> eras.old_owner then eras.old_owner || ' > ' || eras.owner end as owner_change,
        case when eras.system <> eras.old_system then eras.old_system || ' > ' || eras.system end as system_change
    from eras
    join selected_sources(source_name) as source on source.source_id = eras.source_id
    where eras.owner <> eras.old_owner or eras.system <> eras.old_system;
