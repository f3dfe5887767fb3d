-- Returns the alerts that are in force at $now, and those that ended within the $hours hours before.
-- grain: one alert, the soonest to end first; its zones joined
-- reads: fact_alert
select
    event, max(headline) as headline, max(severity) as severity,
    min(onset_at) as onset_at, max(ends_at) as ends_at, max(office) as office,
    string_agg(nullif(zone, ''), ', ' order by zone) as zones,
    least(max(ends_at), max(ended_at)) > $now::timestamptz as in_force
from fact_alert
where
    least(ends_at, ended_at) > $now::timestamptz - to_hours($hours::bigint)
    and coalesce(onset_at, sent_at, first_seen_at) <= $now::timestamptz
group by alert_id, event
order by in_force desc, ends_at, event
