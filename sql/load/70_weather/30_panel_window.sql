-- Computes, per place of a panel, the time window in which this load can change observations, and deletes the intervals
-- inside it. The window runs from the interval before the first new reading to the one after the last.
-- needs: stage_panel
-- reads: dim_source, fact_weather_observation, new_fetch, panel_reading
-- writes: fact_weather_observation, panel_window
create or replace temp table panel_window as
with fresh as materialized (
    select
        source.source_id, source.name as provider, coalesce(reading.place, '#' || reading.position) as place,
        min(reading.captured_at) as first_at, max(reading.captured_at) as last_at
    from panel_reading as reading
    join dim_source as source on source.source_id = reading.source_id
    where
        reading.fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
        and reading.captured_at is not null
    group by all
),

near as materialized (
    select
        fresh.provider, fresh.place, max(known.observed_at) filter (known.observed_at < fresh.first_at) as before_at,
        arg_min(known.until_at, known.observed_at) filter (known.observed_at > fresh.last_at) as after_at
    from fact_weather_observation as known
    join fresh using (provider, place)
    where
        known.method = 'panel'
        and known.observed_at >= (select coalesce(min(first_at), 'infinity') - interval 7 days from fresh)
    group by all
),

near_before as (
    select provider, place from near where before_at is not null
),

-- Observations more than a week back are read only for places without a nearer one.
unbounded_place as materialized (
    select fresh.provider, fresh.place, fresh.first_at
    from fresh
    anti join near_before using (provider, place)
),

far as (
    select unbounded_place.provider, unbounded_place.place, max(known.observed_at) as before_at
    from fact_weather_observation as known
    join unbounded_place using (provider, place)
    where
        known.method = 'panel' and known.observed_at < unbounded_place.first_at
        and known.observed_at < (select coalesce(max(first_at), '-infinity') from unbounded_place)
    group by all
)

select
    fresh.source_id, fresh.provider, fresh.place, coalesce(near.before_at, far.before_at, fresh.first_at) as from_at,
    coalesce(near.after_at, fresh.last_at) as until_at
from fresh
left join near using (provider, place)
left join far using (provider, place);

delete from fact_weather_observation as known
using panel_window
where
    known.method = 'panel' and known.provider = panel_window.provider and known.place = panel_window.place
    and known.observed_at >= (select coalesce(min(from_at), 'infinity') from panel_window)
    and known.observed_at >= panel_window.from_at and known.observed_at <= panel_window.until_at;

-- Readings of unknown time are recounted as a whole.
delete from fact_weather_observation
where
    method = 'panel' and observed_at is null and (provider, place) in (
        select source.name, coalesce(reading.place, '#' || reading.position)
        from panel_reading as reading
        join dim_source as source on source.source_id = reading.source_id
        where
            reading.fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
            and reading.captured_at is null
    );
