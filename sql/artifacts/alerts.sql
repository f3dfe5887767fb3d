-- Returns the alerts in force at $now.
-- grain: one alert that ends after $now, the soonest first; its zones joined
-- reads: fact_alert
select
    event, max(headline) as headline, max(severity) as severity, max(ends_at) as ends_at,
    string_agg(zone, ', ' order by zone) as zones
from fact_alert
where least(ends_at, ended_at) > $now::timestamptz
group by alert_id, event
order by ends_at, event
