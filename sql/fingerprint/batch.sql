-- Counts and hashes the rows of batch.
-- reads: batch
select
    count(*) as rows,
    coalesce(sum(hash((
        batch_id, parser_version, fetches
    ))::hugeint), 0)::text as hash
from batch;
