-- Notes what the replaced months hold. Each commit changes lake_writer: of two at the same time, the later one fails.
-- reads: lake_change, variable lake_writer
-- writes: lake_month, lake_writer
delete from lake.lake_month
where writer = getvariable('lake_writer') and (table_name, month) in (select table_name, month from lake_change);
insert into lake.lake_month (writer, table_name, month, hash)
select getvariable('lake_writer') as writer, table_name, month, hash from lake_change where hash is not null;
update lake.lake_writer set commits = commits + 1 where writer = getvariable('lake_writer');
