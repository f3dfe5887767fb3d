-- Adds the polls of closings lists. A poll that found the list unchanged takes over the state of the last poll that
-- read it, which may be stale by now.
-- needs: closings exchanges
-- reads: fact_closing_poll, new_fetch, stage_poll
-- writes: fact_closing_poll, polled_source

-- The sources polled in this load: since when, from which earlier read on, and whether a later poll is already stored.
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
        max(poll.polled_at) filter (
            where poll.polled_at < polled.first_polled_at and poll.read_fetch_id = poll.fetch_id
        ),
        polled.first_polled_at
    ) as read_from
from polled
left join fact_closing_poll as poll on poll.source_id = polled.source_id
group by polled.source_id, polled.first_polled_at;

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

-- A list is stale three days after its own timestamp, as in flows/parse/station/closings.py.
update fact_closing_poll as poll
set
    state = case
        when previous.state in ('populated', 'empty') and poll.polled_at - previous.updated_at > interval 3 days
            then 'stale'
        else previous.state
    end,
    updated_at = previous.updated_at, rows = previous.rows, read_fetch_id = previous.fetch_id
from (
    with unchanged as (
        select poll.source_id, poll.polled_at, poll.fetch_id
        from fact_closing_poll as poll
        join polled_source as polled
            on polled.source_id = poll.source_id and poll.polled_at >= polled.first_polled_at
        where
            poll.read_fetch_id is distinct from poll.fetch_id
            and (poll.state = 'unknown' or poll.read_fetch_id is not null)
    ),

    list_read as (
        select poll.source_id, poll.polled_at, poll.state, poll.updated_at, poll.rows, poll.fetch_id
        from fact_closing_poll as poll
        join polled_source as polled on polled.source_id = poll.source_id and poll.polled_at >= polled.read_from
        where poll.read_fetch_id = poll.fetch_id
    )

    select
        unchanged.fetch_id as poll_fetch_id, list_read.state, list_read.updated_at, list_read.rows, list_read.fetch_id
    from unchanged
    asof join list_read
        on list_read.source_id = unchanged.source_id and list_read.polled_at <= unchanged.polled_at
) as previous
where poll.fetch_id = previous.poll_fetch_id;
