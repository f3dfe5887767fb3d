-- Shared by all cases: two sources, six tags, a parent and a dated alias.
insert into dim_source (source_id, name, kind, title, home, zone, call_sign, owner, place_key, enabled) values
(1, 'alpha', 'station', 'Alpha', null, 'America/Chicago', 'KAAA', null, null, true),
(2, 'beta', 'station', 'Beta', null, 'America/Chicago', 'KBBB', null, null, true);
insert into dim_tag (tag_id, folded, label, facet) values
(1, 'snow', 'Snow', null), (2, 'fire', 'Fire', null), (3, 'schools', 'Schools', null),
(4, 'weather', 'Weather', null), (5, 'blaze', 'Blaze', null), (6, 'floods', 'Floods', null);
insert into tag_parent values ('snow', 'weather');
insert into tag_alias values ('blaze', 'fire', date '2024-01-03', 'renamed');
