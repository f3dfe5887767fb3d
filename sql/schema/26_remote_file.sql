-- Archive files can be loaded from a URL, and in part: the captures of some hosts, languages or days.

-- What the host of a remote file calls its content: the ETag or a time. Null for a file on this machine.
alter table external_file add column version text;

-- Which captures of the file were loaded: host=…&language=…&since=…&until=…. Null: all.
alter table external_file add column selection text;
