-- One row per weather alert and zone.
-- reads: fact_alert
-- writes: alerts
create or replace view alerts as
select
    alert.alert_id, alert.zone, alert.event, alert.headline, alert.severity, alert.area, alert.office, alert.sent_at,
    alert.onset_at, alert.ends_at, alert.ended_at, alert.message_type, alert.first_seen_at
from fact_alert as alert;
