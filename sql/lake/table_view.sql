-- Shows one table of the lake under its own name.
-- reads: this_table
-- writes: this_table
create view this_table as select * exclude (lake_writer, lake_month) from lake.this_table;
