-- title: Forecast error
-- question: How accurate are a station's high and low forecasts, by lead time, compared with the weather service's?
-- grain: one provider x high or low x lead; degrees Fahrenheit, forecast minus observed, mean error with 95 % interval
-- needs: forecasts and readings of one town and day: weather panels on captured pages, or an NWS source
-- param: since date = none - first day forecast (none: 90 days up to `until`)
-- param: until date = none - last day forecast (none: last day with observations)
-- param: source text = none - only this provider
-- param: readings integer = 3 - minimum readings in the forecast period
-- chart: table
-- x: lead
-- y: mean_abs_error
-- series: provider
-- heading: lead = lead time
-- heading: mean_error = error (°F), mean
-- heading: error_low = error, 95 % from
-- heading: error_high = error, 95 % to
-- heading: mean_abs_error = absolute error (°F), mean
-- heading: p90_abs_error = absolute error (°F), 90 %
with range as (
    from day_range($since::date, $until::date, 90, (select max(date) from agg_weather_day))
),

forecasts as (
    select
        forecast.provider, forecast.method, forecast.place_id, forecast.valid_date, forecast.hi_f, forecast.lo_f,
        town.zone, epoch_us(forecast.issued_at) as issued_us
    from fact_weather_forecast as forecast
    join dim_place as town on town.place_id = forecast.place_id
    join range on forecast.valid_date between range.since_date and range.until_date
    where forecast.issued_at is not null and ($source::text is null or forecast.provider = $source::text)
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
            observation.observed_at >= range.since_at - interval 1 day
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

-- Panels forecast the rest of their day; the weather service's low of a date is the low of the following night.
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
        unnest(generate_series(from_local::date::timestamp, until_local::date::timestamp, interval 1 day))::date as date
    from intervals
),

-- Observed values come from the town's weather station; without one, from the provider's own panel.
matched as (
    select
        claims.provider, claims.method, claims.kind, claims.place_id, claims.valid_date, claims.issued_local,
        any_value(claims.forecast_f) as forecast_f,
        count(*) filter (where daily.method = 'nws') as nws_readings,
        count(*) filter (where daily.method = 'panel') as panel_readings,
        case claims.kind
            when 'high' then max(daily.temp_f) filter (where daily.method = 'nws')
            else min(daily.temp_f) filter (where daily.method = 'nws')
        end as nws_f,
        case claims.kind
            when 'high' then max(daily.temp_f) filter (where daily.method = 'panel')
            else min(daily.temp_f) filter (where daily.method = 'panel')
        end as panel_f
    from claims
    join daily
        on
            daily.place_id = claims.place_id
            and daily.date between claims.from_local::date and claims.until_local::date
            and daily.until_local >= claims.from_local
            and daily.from_local < claims.until_local
            and (daily.method = 'nws' or daily.provider = claims.provider or claims.method = 'nws')
    group by claims.provider, claims.method, claims.kind, claims.place_id, claims.valid_date, claims.issued_local
),

errors as (
    select
        provider, method, kind, place_id,
        case
            when valid_date > issued_local::date then (valid_date - issued_local::date) || ' d'
            when hour(issued_local) < 12 then '0 d, before noon'
            else '0 d, after noon'
        end as lead,
        case
            when valid_date > issued_local::date then valid_date - issued_local::date
            else -hour(issued_local) // 12
        end as lead_order,
        forecast_f - case when nws_readings >= $readings::integer then nws_f else panel_f end as error_f
    from matched
    where nws_readings >= $readings::integer or panel_readings >= $readings::integer
),

counted as (
    select
        provider, method, kind, lead, lead_order, count(*) as forecasts, count(distinct place_id) as towns,
        avg(error_f) as mean_error,
        1.96 * stddev_samp(error_f) / sqrt(count(*)) as half_width,
        avg(abs(error_f)) as mean_abs_error,
        quantile_cont(abs(error_f), 0.9) as p90_abs_error
    from errors
    group by all
)

select
    provider,
    method,
    kind,
    lead,
    round(mean_error, 2) as mean_error,
    round(mean_error - half_width, 2) as error_low,
    round(mean_error + half_width, 2) as error_high,
    round(mean_abs_error, 2) as mean_abs_error,
    round(p90_abs_error, 1) as p90_abs_error,
    forecasts,
    towns
from counted
order by provider, kind, lead_order
