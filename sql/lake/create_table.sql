-- Makes the lake's table for the rows of lake_rows, without rows.
-- reads: lake_rows
-- writes: lake_month, this_table
create or replace table lake.this_table as select 0 as lake_writer, * from lake_rows where false;
delete from lake.lake_month where table_name = 'this_table';
