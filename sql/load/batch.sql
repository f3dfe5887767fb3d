insert into batch
select $batch_id, now(), $parser_version, (select count(*) from new_fetch);
