-- Closings for export.
-- grain: one organisation x day x status at one source, by month in which it was first seen (UTC)
-- reads: dim_organisation, dim_source, fact_closing
select
    strftime(closing.first_seen_at, '%Y-%m') as month, source.name as source, organisation.name as organisation,
    closing.effective_date, closing.status, closing.first_seen_at, closing.last_seen_at
from fact_closing as closing
join dim_source as source on source.source_id = closing.source_id
join dim_organisation as organisation on organisation.organisation_id = closing.organisation_id
order by month, source, organisation, closing.effective_date, closing.status
