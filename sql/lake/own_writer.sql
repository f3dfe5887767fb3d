-- Gives this data folder the next number among the writers, unless it has one.
-- reads: lake_writer
-- writes: lake_writer
insert into lake.lake_writer (writer, identity, folder, commits)
select coalesce(max(writer) + 1, 0), $identity, $folder, 0
from lake.lake_writer
having count(*) filter (identity = $identity) = 0;
