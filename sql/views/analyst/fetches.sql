-- One row per HTTP exchange, or decision not to make it.
-- reads: dim_source, fact_fetch
-- writes: fetches
create or replace view fetches as
select
    source.name as source, fetched.url, fetched.requested_at, fetched.purpose, fetched.outcome, fetched.status,
    fetched.reason, fetched.robots_rule, fetched.waited_ms, fetched.elapsed_ms, fetched.attempts, fetched.bytes,
    fetched.media_type, fetched.final_url, fetched.warc_file, fetched.warc_offset, fetched.fetch_id
from fact_fetch as fetched
join dim_source as source on source.source_id = fetched.source_id;
