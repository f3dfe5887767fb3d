-- Notes a commit before which every month was compared.
-- reads: schema_migration
-- writes: lake_commit
insert into lake_commit (lake, commits, migrations, compared_at)
select $lake, $commits, count(*), now() from schema_migration;
