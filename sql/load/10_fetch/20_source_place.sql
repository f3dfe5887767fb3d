-- Maps each place spelling to the town a source means by it: the one town of that spelling in the source's own state,
-- or in any if the spelling names it. Of a source without a known state, an ambiguous spelling stays unresolved.
-- needs: stage_article, stage_observation, stage_panel
-- reads: dim_place, dim_source, place_alias
-- writes: source_place
create or replace temp table source_place as
select source.source_id, alias.folded, min(alias.place_id) as place_id
from dim_source as source
cross join place_alias as alias
join dim_place as town on town.place_id = alias.place_id
left join dim_place as home on home.place_key = source.place_key
where source.kind <> 'web' and (home.state is null or town.state = home.state or contains(alias.folded, ', '))
group by source.source_id, alias.folded
having count(distinct alias.place_id) = 1;
