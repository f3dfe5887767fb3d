-- Adds the parents of tags.
-- reads: config_parent
-- writes: tag_parent
insert into tag_parent by name
select tag_folded, parent_folded from config_parent
on conflict do nothing;
