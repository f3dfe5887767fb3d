-- Adds the spellings of each town.
-- reads: config_spelling, dim_place
-- writes: place_alias
insert into place_alias by name
select config_spelling.folded, dim_place.place_id
from config_spelling
join dim_place using (place_key)
on conflict do nothing;
