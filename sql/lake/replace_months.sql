-- Replaces the changed months of this writer in one table of the lake.
-- reads: lake_difference, lake_rows, variable lake_writer
-- writes: lake_change, this_table
delete from lake.this_table
where lake_writer = getvariable('lake_writer') and lake_month in (select month from lake_difference);
insert into lake.this_table by name
select getvariable('lake_writer') as lake_writer, * from lake_rows
where lake_month in (select month from lake_difference);
insert into lake_change select 'this_table' as table_name, month, hash from lake_difference;
