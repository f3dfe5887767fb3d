-- Returns the organizations that closed on the day $day or later, as the lists said last.
-- grain: one source x day x status; organizations counted once
-- reads: dim_organisation, dim_source, fact_closing
select
    source.name as source, closing.effective_date, closing.status,
    count(distinct closing.organisation_id) as organizations,
    string_agg(distinct organisation.name, ', ' order by organisation.name) as names,
    max(closing.last_seen_at) as last_seen_at
from fact_closing as closing
join dim_source as source on source.source_id = closing.source_id
join dim_organisation as organisation on organisation.organisation_id = closing.organisation_id
where closing.effective_date >= $day::date
group by source.name, closing.effective_date, closing.status
order by closing.effective_date, source.name, closing.status
