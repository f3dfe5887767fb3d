-- Adds the parents of tags.
insert into tag_parent by name
select tag_folded, parent_folded from config_parent
on conflict do nothing;
