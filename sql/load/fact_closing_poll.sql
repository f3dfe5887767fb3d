-- The sources whose lists this batch looked at: since when, from which list read before on, and whether a look that stands
-- is later (then what was said of it may change).
create or replace temp table polled_source as
with polled as (
    select source_id, min(requested_at) as first_polled_at
    from new_fetch
    where purpose = 'closings' and outcome <> 'skipped' and requested_at is not null
    group by source_id
)
select
    polled.source_id, polled.first_polled_at,
    coalesce(max(poll.polled_at) >= polled.first_polled_at, false) as is_late,
    coalesce(
        max(poll.polled_at) filter (where poll.polled_at < polled.first_polled_at and poll.read_fetch_id = poll.fetch_id),
        polled.first_polled_at
    ) as read_from
from polled
left join fact_closing_poll as poll on poll.source_id = polled.source_id
group by polled.source_id, polled.first_polled_at;
-- Every look at a closings list. One that read the list says what it was; one that found it unchanged says what the last
-- read list before it said, which may have grown stale since (three days, as flows/parse/closings.py has it).
insert into fact_closing_poll by name
select
    new_fetch.source_id, new_fetch.requested_at as polled_at,
    case
        when staged.state is not null then staged.state
        when new_fetch.outcome in ('refused', 'unsafe') then 'refused'
        when new_fetch.outcome = 'unchanged' then 'unknown'
        else 'broken'
    end as state,
    staged.updated_at, coalesce(staged.rows, 0) as rows, new_fetch.fetch_id,
    case when staged.state is not null then new_fetch.fetch_id end as read_fetch_id
from new_fetch
left join stage_poll as staged on staged.fetch_no = new_fetch.fetch_no
where new_fetch.purpose = 'closings' and new_fetch.outcome <> 'skipped' and new_fetch.requested_at is not null
on conflict do nothing;
update fact_closing_poll as poll
set
    state = case
        when before.state in ('populated', 'empty') and poll.polled_at - before.updated_at > interval 3 days then 'stale'
        else before.state
    end,
    updated_at = before.updated_at, rows = before.rows, read_fetch_id = before.fetch_id
from (
    select unchanged.fetch_id as poll_fetch_id, read.state, read.updated_at, read.rows, read.fetch_id
    from (
        select poll.source_id, poll.polled_at, poll.fetch_id
        from fact_closing_poll as poll
        join polled_source as polled
            on polled.source_id = poll.source_id and poll.polled_at >= polled.first_polled_at
        where
            poll.read_fetch_id is distinct from poll.fetch_id
            and (poll.state = 'unknown' or poll.read_fetch_id is not null)
    ) as unchanged
    asof join (
        select poll.*
        from fact_closing_poll as poll
        join polled_source as polled on polled.source_id = poll.source_id and poll.polled_at >= polled.read_from
        where poll.read_fetch_id = poll.fetch_id
    ) as read
        on read.source_id = unchanged.source_id and read.polled_at <= unchanged.polled_at
) as before
where poll.fetch_id = before.poll_fetch_id;
