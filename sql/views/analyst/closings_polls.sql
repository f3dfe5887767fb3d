-- One row per request of a closings list. No closings are proven by a poll with the state empty only.
-- reads: dim_source, fact_closing_poll
-- writes: closings_polls
create or replace view closings_polls as
select source.name as source, poll.polled_at, poll.state, poll.updated_at, poll.rows as organizations
from fact_closing_poll as poll
join dim_source as source on source.source_id = poll.source_id;
