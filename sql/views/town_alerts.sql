-- Alerts of the zones and counties that each town lies in: one row per town and alert, from its onset to its real end.
-- reads: dim_place, fact_alert, place_zone
-- writes: town_alerts
create or replace view town_alerts as
select
    place_zone.place_id, town.name as place, town.state, alert.alert_id, alert.event,
    any_value(alert.headline) as headline, any_value(alert.severity) as severity, any_value(alert.office) as office,
    min(alert.sent_at) as sent_at, min(coalesce(alert.onset_at, alert.sent_at)) as from_at,
    max(coalesce(least(alert.ended_at, alert.ends_at), alert.ended_at, alert.ends_at)) as until_at,
    coalesce(bool_or(alert.ended_at < alert.ends_at), false) as is_ended_early,
    list_sort(list(distinct alert.zone)) as zones
from fact_alert as alert
join place_zone on place_zone.zone = alert.zone
join dim_place as town on town.place_id = place_zone.place_id
group by place_zone.place_id, town.name, town.state, alert.alert_id, alert.event;
