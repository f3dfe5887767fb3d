-- Adds organisations seen for the first time. An organisation has the name of its earliest list, whichever list is
-- loaded first.
-- needs: stage_closing
-- reads: dim_organisation, new_fetch, stage_closing
-- writes: batch_organisation, dim_organisation
create or replace temp table batch_organisation as
select
    staged.folded,
    min({'seen_at': coalesce(new_fetch.requested_at, timestamptz 'infinity'), 'name': staged.organisation}) as first
from stage_closing as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
group by staged.folded;

insert into dim_organisation (organisation_id, folded, name, name_at)
select
    (select coalesce(max(organisation_id), 0) from dim_organisation) + row_number() over (order by folded)
        as organisation_id,
    folded, first.name as name, first.seen_at as name_at
from batch_organisation
where folded not in (select folded from dim_organisation);

update dim_organisation
set name = earliest.first.name, name_at = earliest.first.seen_at
from batch_organisation as earliest
where
    dim_organisation.folded = earliest.folded
    and (earliest.first.seen_at, earliest.first.name) < (dim_organisation.name_at, dim_organisation.name);
