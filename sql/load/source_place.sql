-- Which town a panel means by a name: of the towns with that spelling the one of the source's own state, if only one.
create or replace temp table source_place as
select reading.source_id, reading.place, min(alias.place_id) as place_id
from (
    select distinct source_id, place, lower(trim(place)) as folded from panel_reading where place is not null
) as reading
join dim_source as source on source.source_id = reading.source_id
join place_alias as alias on alias.folded = reading.folded
join dim_place as town on town.place_id = alias.place_id
left join dim_place as home on home.place_key = source.place_key
where home.state is null or town.state = home.state
group by reading.source_id, reading.place
having count(distinct alias.place_id) = 1;
