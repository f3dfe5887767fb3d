-- Records each archive file of this load as a batch, so that it is not read again. Files without a new exchange are
-- recorded too.
-- reads: new_fetch, stage_batch
-- writes: batch
insert into batch by name
select
    stage_batch.batch_id, now() as loaded_at, $parser_version as parser_version, count(new_fetch.fetch_id) as fetches
from stage_batch
left join new_fetch on new_fetch.batch_id = stage_batch.batch_id
group by stage_batch.batch_id;
