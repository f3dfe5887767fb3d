-- The stretch of each place's readings whose spells this batch may change: from the spell before its first reading to the
-- end of the spell after its last. Spells more than a week back are read only for places that have none nearer. Readings
-- of unknown time are kept apart, without a time.
create or replace temp table panel_span as
with fresh as materialized (
    select
        source.source_id, source.name as provider, coalesce(reading.place, '#' || reading.position) as place,
        min(reading.captured_at) as first_at, max(reading.captured_at) as last_at
    from panel_reading as reading
    join dim_source as source on source.source_id = reading.source_id
    where reading.fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
    and reading.captured_at is not null
    group by all
),
near as materialized (
    select
        fresh.provider, fresh.place, max(known.observed_at) filter (known.observed_at < fresh.first_at) as before_at,
        arg_min(known.until_at, known.observed_at) filter (known.observed_at > fresh.last_at) as after_at
    from fact_weather_observation as known
    join fresh using (provider, place)
    where known.method = 'panel'
    and known.observed_at >= (select coalesce(min(first_at), 'infinity') - interval 7 days from fresh)
    group by all
),
lonely as materialized (
    select fresh.*
    from fresh
    anti join (select * from near where before_at is not null) as near using (provider, place)
),
far as (
    select lonely.provider, lonely.place, max(known.observed_at) as before_at
    from fact_weather_observation as known
    join lonely using (provider, place)
    where
        known.method = 'panel' and known.observed_at < lonely.first_at
        and known.observed_at < (select coalesce(max(first_at), '-infinity') from lonely)
    group by all
)
select
    fresh.source_id, fresh.provider, fresh.place, coalesce(near.before_at, far.before_at, fresh.first_at) as from_at,
    coalesce(near.after_at, fresh.last_at) as until_at
from fresh
left join near using (provider, place)
left join far using (provider, place);
delete from fact_weather_observation as known
using panel_span as span
where
    known.method = 'panel' and known.provider = span.provider and known.place = span.place
    and known.observed_at >= (select coalesce(min(from_at), 'infinity') from panel_span)
    and known.observed_at >= span.from_at and known.observed_at <= span.until_at;
delete from fact_weather_observation
where
    method = 'panel' and observed_at is null and (provider, place) in (
        select source.name, coalesce(reading.place, '#' || reading.position)
        from panel_reading as reading
        join dim_source as source on source.source_id = reading.source_id
        where reading.fetch_id >= (select coalesce(min(fetch_id), 9223372036854775807) from new_fetch)
        and reading.captured_at is null
    );
