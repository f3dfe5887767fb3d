-- Appends the rows of the closings lists read in this load. Lists of unknown time are left out.
-- needs: stage_closing
-- reads: dim_organisation, new_fetch, stage_closing
-- writes: closing_sighting
insert into closing_sighting by name
select distinct new_fetch.fetch_id, organisation.organisation_id, staged.effective_date, staged.status
from stage_closing as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
join dim_organisation as organisation on organisation.folded = staged.folded
where new_fetch.requested_at is not null;
