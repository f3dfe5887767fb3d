-- One row per closing of an organization on a day.
-- reads: dim_organisation, dim_source, fact_closing
-- writes: closings
create or replace view closings as
select
    source.name as source, organisation.name as organization, closing.effective_date, closing.status,
    closing.first_seen_at, closing.last_seen_at, closing.organisation_id
from fact_closing as closing
join dim_source as source on source.source_id = closing.source_id
join dim_organisation as organisation on organisation.organisation_id = closing.organisation_id;
