-- Returns the state of each closings list at its last poll.
-- grain: one source
-- reads: dim_source, fact_closing_poll
select
    source.name as source, arg_max(poll.state, poll.polled_at) as state,
    max(poll.polled_at) as polled_at, arg_max(poll.rows, poll.polled_at) as rows
from fact_closing_poll as poll
join dim_source as source on source.source_id = poll.source_id
group by source.name
order by source.name
