-- Which town a source means by a name: of the towns of that spelling the one of the source's own state, if only one. A
-- source that is not configured has no market, so nobody knows which Saint Joseph it means.
create or replace temp table source_place as
select source.source_id, alias.folded, min(alias.place_id) as place_id
from dim_source as source
cross join place_alias as alias
join dim_place as town on town.place_id = alias.place_id
left join dim_place as home on home.place_key = source.place_key
where source.kind <> 'web' and (home.state is null or town.state = home.state)
group by source.source_id, alias.folded
having count(distinct alias.place_id) = 1;
