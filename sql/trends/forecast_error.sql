-- title: Forecast error
-- question: How far off are the station's high and low, by lead time, beside the weather service's forecast?
-- grain: one provider x high or low x lead; degrees Fahrenheit, forecast minus observed, mean error with 95 % interval
-- param: since date = none - first day forecast (none: 90 days up to `until`)
-- param: until date = none - last day forecast (none: last day observed)
-- param: source text = none - one provider only
-- param: readings integer = 3 - fewest readings in what was forecast
-- chart: table
-- x: lead
-- y: mean_abs_error
-- series: provider
with last_day as (
    select coalesce($until::date, max(date)) as until_date from agg_weather_day
),

bounds as (
    select until_date, coalesce($since::date, until_date - 89) as since_date from last_day
),

forecasts as (
    select
        forecast.provider, forecast.method, forecast.place_id, forecast.valid_date, forecast.hi_f, forecast.lo_f,
        town.zone, epoch_us(forecast.issued_at) as issued_us
    from fact_weather_forecast as forecast
    join dim_place as town on town.place_id = forecast.place_id
    join bounds on forecast.valid_date between bounds.since_date and bounds.until_date
    where forecast.issued_at is not null and ($source::text is null or forecast.provider = $source::text)
),

observed as (
    select
        observation.place_id, observation.method, observation.provider, observation.temp_f, town.zone,
        epoch_us(observation.observed_at) as from_us,
        epoch_us(coalesce(observation.until_at, observation.observed_at)) as until_us
    from fact_weather_observation as observation
    join dim_place as town on town.place_id = observation.place_id
    join bounds
        on
            observation.observed_at >= timezone('UTC', (bounds.since_date - 1)::timestamp)
            and observation.observed_at < timezone('UTC', (bounds.until_date + 3)::timestamp)
    where observation.temp_f is not null
),

-- A zone's distance from UTC changes at full quarters of an hour: asked once for each, not for every reading.
quarters as (
    select zone, issued_us // 900000000 as quarter from forecasts
    union
    select zone, from_us // 900000000 from observed
    union
    select zone, until_us // 900000000 from observed
),

shifts as (
    select
        zone, quarter, epoch_us(timezone(zone, make_timestamptz(quarter * 900000000))) - quarter * 900000000 as shift_us
    from quarters
),

issued as (
    select forecasts.*, make_timestamp(forecasts.issued_us + shifts.shift_us) as issued_local
    from forecasts
    join shifts on shifts.zone = forecasts.zone and shifts.quarter = forecasts.issued_us // 900000000
),

-- A panel speaks of what is left of its day; the weather service's low of a date is that of the night that follows.
claims as (
    select
        provider, method, place_id, valid_date, issued_local, 'high' as kind, hi_f as forecast_f,
        greatest(issued_local, valid_date::timestamp) as from_local,
        (valid_date + 1)::timestamp as until_local
    from issued
    where hi_f is not null
    union all
    select
        provider, method, place_id, valid_date, issued_local, 'low', lo_f,
        greatest(
            issued_local,
            valid_date::timestamp + case method when 'nws' then interval 18 hour else interval 0 hour end
        ),
        (valid_date + 1)::timestamp + case method when 'nws' then interval 9 hour else interval 0 hour end
    from issued
    where lo_f is not null
),

spells as (
    select
        observed.place_id, observed.method, observed.provider, observed.temp_f,
        make_timestamp(observed.from_us + begun.shift_us) as from_local,
        make_timestamp(observed.until_us + ended.shift_us) as until_local
    from observed
    join shifts as begun on begun.zone = observed.zone and begun.quarter = observed.from_us // 900000000
    join shifts as ended on ended.zone = observed.zone and ended.quarter = observed.until_us // 900000000
),

daily as (
    select
        place_id, method, provider, temp_f, from_local, until_local,
        unnest(generate_series(from_local::date::timestamp, until_local::date::timestamp, interval 1 day))::date as date
    from spells
),

-- A town's weather station is believed before any panel, and a panel only about its own claim.
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
)

select
    provider,
    method,
    kind,
    lead,
    round(avg(error_f), 2) as mean_error,
    round(avg(error_f) - 1.96 * stddev_samp(error_f) / sqrt(count(*)), 2) as error_low,
    round(avg(error_f) + 1.96 * stddev_samp(error_f) / sqrt(count(*)), 2) as error_high,
    round(avg(abs(error_f)), 2) as mean_abs_error,
    round(quantile_cont(abs(error_f), 0.9), 1) as p90_abs_error,
    count(*) as forecasts,
    count(distinct place_id) as towns
from errors
group by provider, method, kind, lead, lead_order
order by provider, kind, lead_order
