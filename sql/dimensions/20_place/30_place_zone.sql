-- Sets the zones and counties of each town, by which alerts are found for it.
-- reads: config_place, config_zone, dim_place
-- writes: place_zone
delete from place_zone
where place_id in (select place_id from dim_place where place_key in (select place_key from config_place));

insert into place_zone by name
select distinct dim_place.place_id, config_zone.zone
from config_zone
join dim_place on dim_place.place_key = config_zone.place_key;
