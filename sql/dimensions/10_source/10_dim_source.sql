-- Brings sources in line with config. Keys stay; a source that left config is disabled, not deleted.
-- reads: config_source, dim_source
-- writes: dim_source
merge into dim_source as known
using (
    select
        name, kind, title, home, zone, call_sign, owner, place_key, enabled, store_body, reviewed_date,
        row_number() over (order by name) as number
    from config_source
) as config
    on known.name = config.name
when matched then
    update set
        kind = config.kind, title = config.title, home = config.home, zone = config.zone, call_sign = config.call_sign,
        owner = config.owner, place_key = config.place_key, enabled = config.enabled, store_body = config.store_body,
        reviewed_date = config.reviewed_date
when not matched then
    insert (
        source_id, name, kind, title, home, zone, call_sign, owner, place_key, enabled, store_body, reviewed_date
    ) values (
        (select coalesce(max(source_id), 0) from dim_source) + config.number, config.name, config.kind, config.title,
        config.home, config.zone, config.call_sign, config.owner, config.place_key, config.enabled, config.store_body,
        config.reviewed_date
    )
when not matched by source then update set enabled = false;
