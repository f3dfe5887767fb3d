-- Alert messages that replace or end earlier ones.

alter table fact_alert add column message_type text;
alter table fact_alert add column status text;
alter table fact_alert add column ended_at timestamptz;

-- grain: one alert message x one message that it replaces or cancels
create table alert_reference (
    alert_id text not null,
    refers_to_id text not null,
    message_type text not null,
    sent_at timestamptz,
    primary key (alert_id, refers_to_id)
);
