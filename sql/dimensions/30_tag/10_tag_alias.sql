-- Replaces the tag aliases by those of config and adds the tags they resolve to. changed_alias keeps the labels whose
-- alias is new, changed or gone: rollups that contain them must be recomputed.
-- reads: config_alias, dim_tag, tag_alias
-- writes: changed_alias, dim_tag, tag_alias
create or replace temp table changed_alias as
with changed as (
    (
        select alias_folded, means_folded, since_date from config_alias
        except
        select alias_folded, means_folded, since_date from tag_alias
    )
    union
    (
        select alias_folded, means_folded, since_date from tag_alias
        except
        select alias_folded, means_folded, since_date from config_alias
    )
)

select distinct alias_folded as folded from changed;

delete from tag_alias;

insert into tag_alias by name select alias_folded, means_folded, since_date, reason from config_alias;

insert into dim_tag (tag_id, folded, label)
select
    (select coalesce(max(tag_id), 0) from dim_tag) + row_number() over (order by means_folded) as tag_id,
    means_folded as folded, min(means) as label
from config_alias
where means_folded not in (select folded from dim_tag)
group by means_folded;
