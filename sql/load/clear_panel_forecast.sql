delete from fact_weather_forecast
where method = 'panel' and (provider, place) in (
    select source.name, coalesce(reading.place, '#' || reading.position)
    from panel_reading as reading
    join new_fetch on new_fetch.fetch_id = reading.fetch_id
    join dim_source as source on source.source_id = reading.source_id
);
