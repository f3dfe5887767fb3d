-- title: Forecast skill
-- question: Are a station's high and low forecasts better than the weather service's, and than yesterday's weather?
-- grain: one provider x high or low x lead x baseline; error_ratio is of mean absolute errors, 95 % interval
-- needs: forecasts and readings of one town on four weeks of days: weather panels on captured pages, or an NWS source
-- param: since date = none - first day forecast (none: 90 days up to `until`)
-- param: until date = none - last day forecast (none: last day with observations)
-- param: source text = none - only this provider
-- param: readings integer = 3 - minimum readings in the forecast period
-- param: support integer = 14 - minimum days that are compared
-- param: show show = likely - rows that are likely real, or all
-- chart: table
-- x: lead
-- y: error_ratio
-- series: provider
-- postprocess: skill
-- heading: lead = lead time
-- heading: baseline = compared with
-- heading: error_ratio = absolute error by baseline's
-- heading: ratio_low = ratio, 95 % from
-- heading: ratio_high = ratio, 95 % to
-- heading: mean_abs_error = absolute error (°F), mean
-- heading: baseline_abs_error = baseline's absolute error (°F), mean
with verified as materialized (
    select
        provider, method, kind, place_id, valid_date, issued_local, lead, lead_order,
        abs(forecast_f - observed_f) as error_f, abs(persistence_f - observed_f) as persistence_error_f
    from verified_forecasts($since::date, $until::date, null, $readings::integer, true)
),

asked as (
    select provider, method, kind, place_id, valid_date, issued_local, lead, lead_order, error_f, persistence_error_f
    from verified
    where $source::text is null or provider = $source::text
),

weather_service as (
    select kind, place_id, valid_date, issued_local, avg(error_f) as error_f
    from verified
    where method = 'nws'
    group by all
),

-- The baseline is the weather service's last forecast at the time of the station's. Lows are left out, because the
-- weather service's low is that of the following night, and so are highs that a station forecasts after noon, because
-- they are for the rest of the day only.
compared as (
    select
        asked.provider, asked.kind, asked.lead, asked.lead_order, 'weather service' as baseline, asked.place_id,
        asked.valid_date, asked.error_f, weather_service.error_f as baseline_error_f
    from asked
    asof join weather_service
        on
            weather_service.kind = asked.kind and weather_service.place_id = asked.place_id
            and weather_service.valid_date = asked.valid_date and asked.issued_local >= weather_service.issued_local
    where asked.method <> 'nws' and asked.kind = 'high' and asked.lead_order >= 0
    union all
    select
        provider, kind, lead, lead_order, 'day before', place_id, valid_date, error_f, persistence_error_f
    from asked
    where persistence_error_f is not null
),

-- Forecasts of one lead for one town and day count once.
town_days as (
    select
        provider, kind, lead, lead_order, baseline, place_id, valid_date, count(*) as forecasts,
        avg(error_f) as error_f, avg(baseline_error_f) as baseline_error_f
    from compared
    group by all
),

days as (
    select
        provider, kind, lead, lead_order, baseline, valid_date, sum(forecasts) as forecasts, count(*) as towns,
        sum(error_f) as error_f, sum(baseline_error_f) as baseline_error_f
    from town_days
    group by all
)

select
    provider, kind, lead, baseline,
    list((valid_date - date '1970-01-01')::integer order by valid_date) as dates,
    list(error_f order by valid_date) as errors,
    list(baseline_error_f order by valid_date) as baseline_errors,
    sum(towns)::integer as town_days,
    sum(forecasts)::integer as forecasts
from days
group by provider, kind, lead, lead_order, baseline
having count(*) >= $support::integer
order by provider, kind, lead_order, baseline
