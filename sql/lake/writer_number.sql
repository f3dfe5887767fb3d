-- Sets the variable lake_writer to the number of this data folder.
-- reads: lake_writer
-- writes: variable lake_writer
set variable lake_writer = (select writer from lake.lake_writer where identity = $identity);
