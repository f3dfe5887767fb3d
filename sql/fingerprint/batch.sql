select count(*) as rows, coalesce(sum(hash((
    batch_id, parser_version, fetches
))::hugeint), 0)::text as content
from batch;
