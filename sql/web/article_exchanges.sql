-- Returns the exchanges with the pages of one article, the last one first.
-- grain: one exchange
-- reads: article_reading, fact_fetch
select
    fetched.requested_at, fetched.outcome, fetched.status, fetched.reason, fetched.robots_rule, fetched.bytes,
    fetched.elapsed_ms, fetched.waited_ms, fetched.warc_file, fetched.warc_offset, fetched.fetch_id as exchange_id
from article_reading as reading
join fact_fetch as fetched on fetched.fetch_id = reading.fetch_id
where reading.article_id = $article_id::bigint
order by fetched.requested_at desc nulls last, fetched.fetch_id
