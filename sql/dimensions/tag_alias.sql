insert or replace into tag_alias by name
select alias_folded, means_folded, since_date, reason from config_alias;
