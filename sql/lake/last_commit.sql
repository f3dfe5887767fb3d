-- Whether the lake has what this warehouse last committed, compared in full less than a day ago; else every month is
-- compared, as after a restore or a rebuild.
-- reads: lake_commit, schema_migration
select true as is_known
from lake_commit
where
    lake = $lake and commits = $commits and migrations = (select count(*) from schema_migration)
    and compared_at > now() - interval 1 day;
