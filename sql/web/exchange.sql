-- Returns where the bytes of one exchange are.
-- grain: one row
-- reads: fact_fetch
select fetch_id as exchange_id, url, requested_at, outcome, warc_file, warc_offset
from fact_fetch
where fetch_id = $exchange_id::bigint
