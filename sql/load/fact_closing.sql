-- The closings of the sources whose lists this batch looked at: seen at each look that read them or found them unchanged.
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
when not matched then insert by name;
