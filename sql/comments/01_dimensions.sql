-- Dimensions and housekeeping: what each table and column holds. Times ending in _at are UTC; dates are local to the
-- source.

comment on table batch is
'One loaded archive file. Its rows were committed together with this row, or not at all. Key: batch_id.';
comment on column batch.batch_id is
'Key. Path of an archive file relative to the data folder; sha256:<hash> for a file of another tool (external_file), '
'with #<first byte>-<end> for each part of a large one but the last.';
comment on column batch.loaded_at is 'Start of the transaction that loaded the file, UTC.';
comment on column batch.parser_version is 'Version of the parsers that read the file.';
comment on column batch.fetches is 'Exchanges of the file that no earlier batch had brought.';

comment on table external_file is
'One loaded archive file made by another tool, known by its content: a moved file is the same, a grown one not. Key: '
'batch_id.';
comment on column external_file.batch_id is
'Key, see batch: sha256:<hash>. The path for a file loaded by a version that knew files by path.';
comment on column external_file.path is
'Where the file was last seen: relative to the data folder, absolute, or a URL.';
comment on column external_file.bytes is 'Size in bytes. Null for a file known by its path.';
comment on column external_file.sha256 is 'SHA-256 of the file in hexadecimal. Null for a file known by its path.';
comment on column external_file.version is
'ETag or time by which the host of a remote file knows its content. Null for a file on this machine.';
comment on column external_file.selection is
'Which captures of the file were loaded: host=...&language=...&since=...&until=.... Null: all.';

comment on table schema_migration is 'One migration of sql/schema that was applied. Key: name.';
comment on column schema_migration.name is 'Key. File name without its ending, such as 01_dimensions.';
comment on column schema_migration.sha256 is
'SHA-256 of the file as applied, in hexadecimal; an applied file must not change.';
comment on column schema_migration.applied_at is 'When it was applied, UTC.';

comment on table schema_text is 'One group of definitions (views and comments) in the form last applied. Key: name.';
comment on column schema_text.name is 'Key. Name of the group: definitions.';
comment on column schema_text.sha256 is
'SHA-256 of their text in hexadecimal; when the text changes, the next writer applies it again.';
comment on column schema_text.applied_at is 'When they were applied, UTC.';

comment on table dim_source is
'One source: a configured site or weather service, or a host that is not configured. Key: source_id; name is unique.';
comment on column dim_source.source_id is
'Key, numbered in order of first load. A rebuild may renumber: keep name outside the warehouse.';
comment on column dim_source.name is
'Unique. Name of the source''s config file without its ending; the bare host for kind web.';
comment on column dim_source.kind is
'station, newspaper, site, nws, simulated, or web (a host that is not configured).';
comment on column dim_source.title is 'Name for display; the host for kind web.';
comment on column dim_source.home is 'URL of the home page. Null for kind web.';
comment on column dim_source.zone is
'IANA time zone that its local days and times are in. Null for kind web: UTC is used.';
comment on column dim_source.call_sign is 'Broadcast call sign. Null where config gives none.';
comment on column dim_source.owner is 'Owner as config names it now. Null where config gives none.';
comment on column dim_source.place_key is 'Home town, see dim_place.place_key. Null where config gives none.';
comment on column dim_source.enabled is
'Whether it is fetched now. False for kind web and for sources that left config.';
comment on column dim_source.reviewed_date is
'Local day on which a person looked at its pages (reviewed in the source''s config); null: never.';
comment on column dim_source.store_body is 'Whether body text is kept (store_body in the source''s config).';
comment on column dim_source.body_dropped_at is
'When stored bodies were removed because of store_body = false, UTC. Null: never.';

comment on table dim_source_version is
'One description of a source by config, with the interval it was valid in. Key: source_id, version.';
comment on column dim_source_version.source_id is 'Key, with version. See dim_source.';
comment on column dim_source_version.version is 'Key, with source_id. Counts from 1 per source.';
comment on column dim_source_version.from_at is 'When a refresh first read this description, UTC.';
comment on column dim_source_version.until_at is 'When a refresh read the next one, UTC. Null: current.';
comment on column dim_source_version.kind is 'station, newspaper, site, nws or simulated.';
comment on column dim_source_version.title is 'Name for display.';
comment on column dim_source_version.home is 'URL of the home page.';
comment on column dim_source_version.zone is 'IANA time zone.';
comment on column dim_source_version.call_sign is 'Broadcast call sign. Null where config gave none.';
comment on column dim_source_version.owner is 'Owner. Null where config gave none.';
comment on column dim_source_version.system is
'Site system of the latest period in its history. Null where config gave none.';
comment on column dim_source_version.domain is
'Domain of the latest period in its history, else the host of its home page.';
comment on column dim_source_version.place_key is 'Home town, see dim_place.place_key. Null where config gave none.';
comment on column dim_source_version.enabled is 'Whether it was fetched.';

comment on table source_era is 'One dated period in the history of a source, from config. Key: source_id, since_date.';
comment on column source_era.source_id is 'Key, with since_date. See dim_source.';
comment on column source_era.since_date is
'Key, with source_id. First day of the period; it lasts until the next one begins.';
comment on column source_era.owner is 'Owner in the period. Null where config gives none.';
comment on column source_era.system is 'Site system in the period. Null where config gives none.';
comment on column source_era.domain is 'Domain in the period. Null where config gives none.';

comment on table dim_tag is 'One tag: a publisher''s label in normalized form. Key: tag_id; folded is unique.';
comment on column dim_tag.tag_id is
'Key, numbered in order of first load. A rebuild may renumber: keep folded outside the warehouse.';
comment on column dim_tag.folded is
'Unique. Normalized label that tags are matched by: NFKC, case-folded, spaces collapsed.';
comment on column dim_tag.label is 'Label for display, as the earliest page printed it.';
comment on column dim_tag.facet is 'Facet from config/topics.toml, such as place. Null where config gives none.';
comment on column dim_tag.label_at is
'When that page was requested, UTC. Infinity: at an unknown time. Null: the label comes from config.';

comment on table tag_facet is
'One label that config/topics.toml gives a facet, whether or not a page has used it. Key: folded.';
comment on column tag_facet.folded is 'Key. Normalized label.';
comment on column tag_facet.facet is 'Facet of the tag.';

comment on table tag_parent is
'One tag and one tag above it, from config/topics.toml; all ancestors are listed. Key: both columns.';
comment on column tag_parent.tag_folded is 'Key, with parent_folded. Normalized label of the lower tag.';
comment on column tag_parent.parent_folded is 'Key, with tag_folded. Normalized label of the tag above it.';

comment on table tag_alias is
'One label that means another tag from a day on. Views apply it; facts keep the label. Key: alias_folded, '
'means_folded.';
comment on column tag_alias.alias_folded is 'Key, with means_folded. Normalized label that was renamed.';
comment on column tag_alias.means_folded is 'Key, with alias_folded. Normalized label that it means.';
comment on column tag_alias.since_date is 'First local day of posting on which it means that. Null: always.';
comment on column tag_alias.reason is 'Why, from config/topics.toml.';

comment on table dim_place is 'One town of config/places.toml. Key: place_id; place_key is unique.';
comment on column dim_place.place_id is
'Key, numbered in order of first load. A rebuild may renumber: keep place_key outside the warehouse.';
comment on column dim_place.place_key is 'Unique. Key of the town in config/places.toml.';
comment on column dim_place.name is 'Name for display.';
comment on column dim_place.state is 'US state, two letters.';
comment on column dim_place.county is 'County. Null where config gives none.';
comment on column dim_place.zone is 'IANA time zone of its local days.';
comment on column dim_place.lat is 'Latitude, degrees north.';
comment on column dim_place.lon is 'Longitude, degrees east (negative in the Americas).';
comment on column dim_place.station is 'NWS station that observes its weather. Null where config gives none.';

comment on table place_alias is
'One name of a town; towns in different states can share a name. Key: folded, place_id.';
comment on column place_alias.folded is 'Key, with place_id. Normalized name or alias.';
comment on column place_alias.place_id is 'Key, with folded. See dim_place.';

comment on table dim_organisation is
'One organization seen on a closings list, such as a school district. Key: organisation_id; folded is unique.';
comment on column dim_organisation.organisation_id is
'Key, numbered in order of first load. A rebuild may renumber: keep folded outside the warehouse.';
comment on column dim_organisation.folded is 'Unique. Normalized name that organizations are matched by.';
comment on column dim_organisation.name is 'Name for display, as the earliest list printed it.';
comment on column dim_organisation.name_at is 'When that list was requested, UTC. Infinity: at an unknown time.';

comment on table dim_condition is
'One sky condition as printed by a weather panel or NWS. Key: condition_id; name is unique.';
comment on column dim_condition.condition_id is 'Key, numbered in order of first load.';
comment on column dim_condition.name is 'Unique. The condition as printed.';

comment on table dim_date is 'One calendar day from 1990 to 2060. Key: date.';
comment on column dim_date.date is 'Key.';
comment on column dim_date.year is 'Calendar year.';
comment on column dim_date.month is 'Month, 1 to 12.';
comment on column dim_date.iso_week is 'ISO 8601 week, 1 to 53.';
comment on column dim_date.weekday is 'ISO 8601 weekday: 1 is Monday, 7 is Sunday.';
comment on column dim_date.month_start_date is 'First day of its month.';
comment on column dim_date.week_start_date is 'Monday of its week.';

comment on table topic_rule is
'Phrases and patterns that find a topic in a text, from config/topics.toml, on request only. Key: folded, kind, text.';
comment on column topic_rule.folded is 'Normalized label of the topic, see dim_tag.';
comment on column topic_rule.kind is 'phrase (whole words) or pattern (a regular expression); neither heeds case.';
comment on column topic_rule.text is 'The pattern, or the phrase in lower case with one space between words.';
comment on column topic_rule.since_date is 'First local day of posting on which it counts. Null: always.';
comment on column topic_rule.reason is 'Why, from config/topics.toml.';
