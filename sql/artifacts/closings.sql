-- Returns how many organizations each source lists as closed today.
-- grain: one source with closings on the day $now falls on in its zone; organizations counted once
-- reads: dim_source, fact_closing
select source.name as source, count(distinct closing.organisation_id) as organizations
from fact_closing as closing
join dim_source as source on source.source_id = closing.source_id
where closing.effective_date = timezone(coalesce(source.zone, 'UTC'), $now::timestamptz)::date
group by source.name
order by source.name
