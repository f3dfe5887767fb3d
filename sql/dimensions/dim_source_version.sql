-- A source whose description changed gets a new version; the old one ends and stays.
create or replace temp table described as
select
    source.source_id, source.kind, source.title, source.home, source.zone, source.call_sign, source.owner,
    era.system, coalesce(era.domain, regexp_extract(source.home, '^https?://([^/:]+)', 1)) as domain, source.place_key,
    source.enabled
from dim_source as source
left join (
    select source_id, arg_max(system, since_date) as system, arg_max(domain, since_date) as domain
    from source_era
    group by source_id
) as era on era.source_id = source.source_id
where source.kind <> 'web';
create or replace temp table redescribed as
select source_id
from (
    select * from described
    except
    select
        source_id, kind, title, home, zone, call_sign, owner, system, domain, place_key, enabled
    from dim_source_version
    where until_at is null
);
update dim_source_version
set until_at = now()
where until_at is null and source_id in (select source_id from redescribed);
insert into dim_source_version by name
select
    described.*, now() as from_at,
    1 + (select count(*) from dim_source_version as earlier where earlier.source_id = described.source_id)::integer as version
from described
where described.source_id in (select source_id from redescribed);
