-- Returns why exchanges of a source were refused, unsafe, failed or skipped since $since.
-- grain: one outcome x reason x rule of robots.txt, the most frequent first
-- reads: dim_source, fact_fetch
select
    fetched.outcome, fetched.reason, fetched.robots_rule, fetched.status, count(*) as exchanges,
    max(fetched.requested_at) as last_at
from fact_fetch as fetched
join dim_source as source on source.source_id = fetched.source_id
where
    source.name = $name::text
    and fetched.outcome in ('refused', 'unsafe', 'failed', 'skipped')
    and fetched.requested_at >= $since::timestamptz
group by all
order by exchanges desc, last_at desc
