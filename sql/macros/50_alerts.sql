-- Alerts of the town of each source, or of the named one: the weather service's for its zones and counties, and those
-- that a banner shows. An alert begins when its first message was sent, or when a banner first showed it.
-- grain: one source x event x start
create or replace temp macro source_alerts(source_name) as table
    with sources as (
        select source.source_id, town.place_id
        from selected_sources(source_name) as source
        left join dim_place as town on town.place_key = source.place_key
    ),

    -- When a message continues one that the warehouse does not have, the alert's start is unknown.
    continued as (
        select alert_id
        from alert_reference
        where message_type = 'Update'
        group by alert_id
        having not bool_or(refers_to_id in (select alert_id from fact_alert))
    ),

    -- A banner names the alerts in force. An update goes on where the message that it replaces ends.
    notices as (
        select source_id, unnest(string_split(text, ' - ')) as event, from_at, until_at, true as is_shown
        from fact_banner
        where kind = 'severe' and from_at is not null
        union all
        select
            sources.source_id, alert.event, coalesce(alert.sent_at, alert.first_seen_at) as from_at,
            coalesce(least(alert.ends_at, alert.ended_at), alert.sent_at, alert.first_seen_at), false
        from fact_alert as alert
        join place_zone on place_zone.zone = alert.zone
        join sources on sources.place_id = place_zone.place_id
        anti join continued on continued.alert_id = alert.alert_id
    ),

    -- An alert that returns within six hours is the same one.
    ordered as (
        select
            source_id, trim(event) as event, from_at, until_at, is_shown,
            coalesce(
                from_at > max(until_at) over (
                    partition by source_id, trim(event)
                    order by from_at rows between unbounded preceding and 1 preceding
                ) + interval 6 hour,
                true
            ) as is_start
        from notices
        where source_id in (select source_id from sources)
    ),

    numbered as (
        select
            ordered.*,
            sum(is_start::integer) over (
                partition by source_id, event order by from_at rows unbounded preceding
            ) as number
        from ordered
    )

    select
        source_id, event, min(from_at) as started_at, max(until_at) as until_at, bool_or(is_shown) as is_shown
    from numbered
    group by source_id, event, number;
