-- The lake's own tables: what each month held when it was committed, and whose bodies the lake has.
-- writes: lake_body_source, lake_month
create table if not exists lake.lake_month (table_name text, month text, hash text);
create table if not exists lake.lake_body_source (name text);
