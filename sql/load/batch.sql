-- One ledger row an archive file, files without a new exchange too: they need not be read again.
insert into batch by name
select
    batch.batch_id, now() as loaded_at, $parser_version as parser_version, count(fetched.fetch_id) as fetches
from stage_batch as batch
left join new_fetch as fetched on fetched.batch_id = batch.batch_id
group by batch.batch_id;
