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
with errors as (
    select
        provider, method, kind, place_id, lead, lead_order, forecast_f - observed_f as error_f
    from verified_forecasts($since::date, $until::date, $source::text, $readings::integer, false)
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
