-- Forecast highs and lows of a range (default: 90 days up to the last day with weather), of the named provider or all
-- when the name is null, with what was observed in the hours that they are for. `with_persistence` adds what was
-- observed in the same hours of the last day, or night, that was over at the time of issue, null where that is not
-- known.
-- grain: one forecast x high or low, for which at least `min_readings` readings are known; degrees Fahrenheit
create or replace temp macro verified_forecasts(
    since, until, provider_name, min_readings, with_persistence
) as table
    with range as (
        from day_range(since, until, 90, (select max(date) from agg_weather_day))
    ),

    forecasts as (
        select
            forecast.provider, forecast.method, forecast.place_id, forecast.valid_date, forecast.hi_f, forecast.lo_f,
            town.zone, epoch_us(forecast.issued_at) as issued_us
        from fact_weather_forecast as forecast
        join dim_place as town on town.place_id = forecast.place_id
        join range on forecast.valid_date between range.since_date and range.until_date
        where forecast.issued_at is not null and (provider_name is null or forecast.provider = provider_name)
    ),

    observed as (
        select
            observation.place_id, observation.method, observation.provider, observation.temp_f, town.zone,
            epoch_us(observation.observed_at) as from_us,
            epoch_us(coalesce(observation.until_at, observation.observed_at)) as until_us
        from fact_weather_observation as observation
        join dim_place as town on town.place_id = observation.place_id
        join range
            on
                observation.observed_at >= range.since_at - to_days(if(with_persistence, 10, 1))
                and observation.observed_at < range.until_at + interval 2 day
        where observation.temp_f is not null
    ),

    -- A zone's UTC offset changes only at full quarters of an hour: it is looked up per quarter, not per reading.
    quarters as (
        select zone, issued_us // 900000000 as quarter from forecasts
        union
        select zone, from_us // 900000000 from observed
        union
        select zone, until_us // 900000000 from observed
    ),

    offsets as (
        select
            zone,
            quarter,
            epoch_us(timezone(zone, make_timestamptz(quarter * 900000000))) - quarter * 900000000 as offset_us
        from quarters
    ),

    -- Panels forecast the rest of their day. The weather service's low of a date is the low of the following night.
    claims as (
        select
            forecasts.provider, forecasts.method, forecasts.place_id, forecasts.valid_date, extremes.kind,
            extremes.forecast_f,
            make_timestamp(forecasts.issued_us + offsets.offset_us) as issued_local,
            extremes.kind = 'low' and forecasts.method = 'nws' as is_night,
            greatest(issued_local, valid_date::timestamp + if(is_night, interval 18 hour, interval 0 hour))
                as from_local,
            (valid_date + 1)::timestamp + if(is_night, interval 9 hour, interval 0 hour) as until_local
        from forecasts
        join offsets on offsets.zone = forecasts.zone and offsets.quarter = forecasts.issued_us // 900000000
        cross join
            unnest([
                {'kind': 'high', 'forecast_f': forecasts.hi_f}, {'kind': 'low', 'forecast_f': forecasts.lo_f}
            ]) as found (extremes)
        where extremes.forecast_f is not null
    ),

    -- Turn 0 is the hours of the forecast, turn 1 the same hours of the last day, or night, that was over at its issue.
    wanted as (
        select
            claims.provider, claims.method, claims.kind, claims.place_id, claims.valid_date, claims.issued_local,
            claims.forecast_f, turns.turn,
            to_days(
                turns.turn::integer * ceil(epoch(claims.until_local - claims.issued_local) / 86400)::integer
            ) as back,
            claims.from_local - back as from_local, claims.until_local - back as until_local
        from claims
        cross join range(if(with_persistence, 2, 1)) as turns (turn)
    ),

    intervals as (
        select
            observed.place_id, observed.method, observed.provider, observed.temp_f,
            make_timestamp(observed.from_us + begin.offset_us) as from_local,
            make_timestamp(observed.until_us + finish.offset_us) as until_local
        from observed
        join offsets as begin on begin.zone = observed.zone and begin.quarter = observed.from_us // 900000000
        join offsets as finish on finish.zone = observed.zone and finish.quarter = observed.until_us // 900000000
    ),

    daily as (
        select
            place_id, method, provider, temp_f, from_local, until_local,
            unnest(
                generate_series(from_local::date::timestamp, until_local::date::timestamp, interval 1 day)
            )::date as date
        from intervals
    ),

    -- Observed values come from the town's weather station or, without one, from the provider's own panel.
    matched as (
        select
            wanted.provider, wanted.method, wanted.kind, wanted.place_id, wanted.valid_date, wanted.issued_local,
            wanted.turn, any_value(wanted.forecast_f) as forecast_f,
            count(*) filter (where daily.method = 'nws') as nws_readings,
            count(*) filter (where daily.method = 'panel') as panel_readings,
            case wanted.kind
                when 'high' then max(daily.temp_f) filter (where daily.method = 'nws')
                else min(daily.temp_f) filter (where daily.method = 'nws')
            end as nws_f,
            case wanted.kind
                when 'high' then max(daily.temp_f) filter (where daily.method = 'panel')
                else min(daily.temp_f) filter (where daily.method = 'panel')
            end as panel_f
        from wanted
        join daily
            on
                daily.place_id = wanted.place_id
                and daily.date between wanted.from_local::date and wanted.until_local::date
                and daily.until_local >= wanted.from_local
                and daily.from_local < wanted.until_local
                and (daily.method = 'nws' or daily.provider = wanted.provider or wanted.method = 'nws')
        group by
            wanted.provider, wanted.method, wanted.kind, wanted.place_id, wanted.valid_date, wanted.issued_local,
            wanted.turn
    ),

    observed_at_turn as (
        select
            provider, method, kind, place_id, valid_date, issued_local, turn, forecast_f,
            case
                when nws_readings >= min_readings then nws_f
                when panel_readings >= min_readings then panel_f
            end as observed_f
        from matched
    )

    select
        provider, method, kind, place_id, valid_date, issued_local,
        case
            when valid_date > issued_local::date then (valid_date - issued_local::date) || ' d'
            when hour(issued_local) < 12 then '0 d, before noon'
            else '0 d, after noon'
        end as lead,
        case
            when valid_date > issued_local::date then valid_date - issued_local::date
            else -hour(issued_local) // 12
        end as lead_order,
        any_value(forecast_f) as forecast_f,
        any_value(observed_f) filter (where turn = 0) as observed_f,
        any_value(observed_f) filter (where turn = 1) as persistence_f
    from observed_at_turn
    group by provider, method, kind, place_id, valid_date, issued_local
    having any_value(observed_f) filter (where turn = 0) is not null;
