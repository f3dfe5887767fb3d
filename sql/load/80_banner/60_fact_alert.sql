-- Adds alerts by id and zone; a cancellation is no alert itself. An alert ends when the first message that replaces or
-- cancels it is sent, whichever of the two is loaded first.
-- needs: stage_alert
-- reads: alert_reference, new_fetch, stage_alert
-- writes: alert_reference, fact_alert
insert into alert_reference by name
select
    staged.alert_id, staged.refers_to_id, any_value(staged.message_type) as message_type,
    min(coalesce(staged.sent_at, new_fetch.requested_at)) as sent_at
from (
    select fetch_no, alert_id, message_type, sent_at, unnest(refers_to) as refers_to_id from stage_alert
) as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
where staged.message_type in ('Update', 'Cancel') and staged.refers_to_id <> staged.alert_id
group by staged.alert_id, staged.refers_to_id
on conflict do update set sent_at = least(sent_at, excluded.sent_at);

-- An alert that is already stored only gets an earlier first_seen_at, and the ends that an archive gives.
insert into fact_alert by name
select
    staged.alert_id, staged.zone, any_value(staged.event) as event, any_value(staged.headline) as headline,
    any_value(staged.severity) as severity, min(staged.sent_at) as sent_at, min(staged.onset_at) as onset_at,
    max(staged.ends_at) as ends_at, any_value(staged.area) as area, any_value(staged.office) as office,
    min(new_fetch.requested_at) as first_seen_at, any_value(staged.message_type) as message_type,
    any_value(staged.status) as status, min(staged.ended_at) as ended_at
from stage_alert as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
where staged.message_type is distinct from 'Cancel'
group by staged.alert_id, staged.zone
on conflict do update
    set
        first_seen_at = least(first_seen_at, excluded.first_seen_at),
        ends_at = coalesce(excluded.ends_at, ends_at),
        ended_at = coalesce(excluded.ended_at, ended_at);

update fact_alert
set ended_at = ending.ended_at
from (
    select refers_to_id, min(sent_at) as ended_at
    from alert_reference
    where
        refers_to_id in (select alert_id from stage_alert)
        or refers_to_id in (select unnest(refers_to) from stage_alert)
    group by refers_to_id
) as ending
where fact_alert.alert_id = ending.refers_to_id and fact_alert.ended_at is distinct from ending.ended_at;
