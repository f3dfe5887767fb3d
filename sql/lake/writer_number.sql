-- Sets the variable lake_writer to the number of this data folder. Ids of articles, exchanges and stories of each writer
-- start at the variable lake_first_id, so that no two writers have one in common; at most 512 fit beside a position.
-- reads: lake_writer
-- writes: variable lake_first_id, variable lake_writer
set variable lake_writer = (select writer from lake.lake_writer where identity = $identity);
