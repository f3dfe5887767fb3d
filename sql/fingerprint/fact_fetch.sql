-- Counts and hashes the rows of fact_fetch.
-- reads: dim_source, fact_fetch
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, fact.url, fact.requested_at, fact.purpose, fact.outcome, fact.status, fact.reason,
        fact.robots_rule, fact.robots_tags, fact.waited_ms, fact.elapsed_ms, fact.attempts, fact.bytes,
        fact.media_type, fact.final_url, fact.body_sha256, fact.warc_file, fact.warc_offset, fact.batch_id, fact.kind,
        fact.kind_evidence
    ))::hugeint), 0)::text as hash
from fact_fetch as fact
join dim_source as source on source.source_id = fact.source_id;
