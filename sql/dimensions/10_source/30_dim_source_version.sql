-- Adds a version of each source whose description changed, and ends the previous one, which stays.
-- reads: dim_source, dim_source_version, source_era
-- writes: changed_source, current_source, dim_source_version
create or replace temp table current_source as
with era as (
    select source_id, arg_max(system, since_date) as system, arg_max(domain, since_date) as domain
    from source_era
    group by source_id
)

select
    source.source_id, source.kind, source.title, source.home, source.zone, source.call_sign, source.owner,
    era.system, coalesce(era.domain, regexp_extract(source.home, '^https?://([^/:]+)', 1)) as domain, source.place_key,
    source.enabled
from dim_source as source
left join era on era.source_id = source.source_id
where source.kind <> 'web';

create or replace temp table changed_source as
with changed as (
    select
        source_id, kind, title, home, zone, call_sign, owner, system, domain, place_key, enabled
    from current_source
    except
    select
        source_id, kind, title, home, zone, call_sign, owner, system, domain, place_key, enabled
    from dim_source_version
    where until_at is null
)

select source_id from changed;

update dim_source_version
set until_at = now()
where until_at is null and source_id in (select source_id from changed_source);

insert into dim_source_version by name
select
    current_source.source_id, current_source.kind, current_source.title, current_source.home, current_source.zone,
    current_source.call_sign, current_source.owner, current_source.system, current_source.domain,
    current_source.place_key, current_source.enabled, now() as from_at,
    1 + (
        select count(*) from dim_source_version as earlier where earlier.source_id = current_source.source_id
    )::integer as version
from current_source
where current_source.source_id in (select source_id from changed_source);
