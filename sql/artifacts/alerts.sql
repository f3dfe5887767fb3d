-- grain: one alert that ends after $now, the soonest first; its zones joined
select
    event, max(headline) as headline, max(severity) as severity, max(ends_at) as ends_at,
    string_agg(zone, ', ' order by zone) as zones
from fact_alert
where ends_at > $now::timestamptz
group by alert_id, event
order by ends_at, event
