-- Counts and hashes the rows of fact_alert.
-- reads: fact_alert
select
    count(*) as rows,
    coalesce(sum(hash((
        alert_id, zone, event, headline, severity, sent_at, onset_at, ends_at, area, office, first_seen_at,
        message_type, status, ended_at
    ))::hugeint), 0)::text as hash
from fact_alert;
