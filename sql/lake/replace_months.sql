-- Replaces the changed months of one table in the lake.
-- reads: changed_month, lake_rows
-- writes: lake_month, this_table
delete from lake.this_table where lake_month in (select month from changed_month);
insert into lake.this_table
select * from lake_rows where lake_month in (select month from changed_month);
delete from lake.lake_month where table_name = 'this_table' and month in (select month from changed_month);
insert into lake.lake_month (table_name, month, hash)
select 'this_table', month, hash from changed_month where hash is not null;
