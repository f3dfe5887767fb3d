-- Adds alerts by id and zone. An alert that is already stored only gets an earlier first_seen_at.
-- reads: new_fetch, stage_alert
-- writes: fact_alert
insert into fact_alert by name
select
    staged.alert_id, staged.zone, any_value(staged.event) as event, any_value(staged.headline) as headline,
    any_value(staged.severity) as severity, min(staged.sent_at) as sent_at, min(staged.onset_at) as onset_at,
    max(staged.ends_at) as ends_at, any_value(staged.area) as area, any_value(staged.office) as office,
    min(new_fetch.requested_at) as first_seen_at
from stage_alert as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
group by staged.alert_id, staged.zone
on conflict do update set first_seen_at = least(first_seen_at, excluded.first_seen_at);
