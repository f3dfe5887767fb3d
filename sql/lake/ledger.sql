-- The lake's own tables: who writes to it and has which sources, the ids of what writers share, what each month held
-- when it was committed, and whose bodies the lake has.
-- writes: lake_body_source, lake_key, lake_month, lake_owner, lake_writer
create table if not exists lake.lake_writer (writer integer, identity text, folder text, commits bigint);
create table if not exists lake.lake_owner (writer integer, name text);
create table if not exists lake.lake_key (kind text, natural_key text, id integer);
create table if not exists lake.lake_month (table_name text, month text, hash text);
alter table lake.lake_month add column if not exists writer integer default 0;
create table if not exists lake.lake_body_source (name text);
alter table lake.lake_body_source add column if not exists writer integer default 0;
