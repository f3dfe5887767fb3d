-- The closings of the sources whose lists this batch looked at: seen at each look that read them or found them unchanged.
insert into fact_closing by name
select
    poll.source_id, shown.organisation_id, shown.effective_date, shown.status, min(poll.polled_at) as first_seen_at,
    max(poll.polled_at) as last_seen_at
from fact_closing_poll as poll
join closing_sighting as shown on shown.fetch_id = poll.read_fetch_id
where poll.source_id in (select source_id from new_fetch where purpose = 'closings')
group by poll.source_id, shown.organisation_id, shown.effective_date, shown.status;
