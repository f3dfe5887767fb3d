-- Appends the new exchanges to the fetch ledger.
-- reads: new_fetch
-- writes: fact_fetch
insert into fact_fetch by name
select
    fetch_id, source_id, url, requested_at, purpose, outcome, status, reason, robots_rule, robots_tags, waited_ms,
    elapsed_ms, attempts, bytes, media_type, final_url, body_sha256, warc_file, warc_offset, batch_id,
    kind, kind_evidence
from new_fetch;
