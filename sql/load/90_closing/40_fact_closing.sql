-- Updates the closings of the sources polled in this load: a closing is seen at each poll that read it or found its
-- list unchanged. Where a poll arrived late, the source's closings are recomputed as a whole.
-- needs: closings exchanges
-- reads: closing_sighting, fact_closing_poll, polled_source
-- writes: fact_closing
delete from fact_closing where source_id in (select source_id from polled_source where is_late);

merge into fact_closing as known
using (
    select
        poll.source_id, shown.organisation_id, shown.effective_date, shown.status, min(poll.polled_at) as first_seen_at,
        max(poll.polled_at) as last_seen_at
    from fact_closing_poll as poll
    join polled_source as polled
        on
            polled.source_id = poll.source_id
            and (polled.is_late or poll.polled_at >= polled.first_polled_at)
    join closing_sighting as shown on shown.fetch_id = poll.read_fetch_id
    group by poll.source_id, shown.organisation_id, shown.effective_date, shown.status
) as seen
    on
        known.source_id = seen.source_id
        and known.organisation_id = seen.organisation_id
        and known.effective_date is not distinct from seen.effective_date
        and known.status = seen.status
when matched then update set last_seen_at = seen.last_seen_at
when not matched then
    insert (source_id, organisation_id, effective_date, status, first_seen_at, last_seen_at) values (
        seen.source_id, seen.organisation_id, seen.effective_date, seen.status, seen.first_seen_at, seen.last_seen_at
    );
