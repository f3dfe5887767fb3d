-- Organisations met for the first time, named as the earliest list prints them, whichever is loaded first.
create or replace temp table met_organisation as
select
    staged.folded,
    min({'seen_at': coalesce(new_fetch.requested_at, timestamptz 'infinity'), 'name': staged.organisation}) as first
from stage_closing as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no
group by staged.folded;
insert into dim_organisation (organisation_id, folded, name, name_at)
select
    (select coalesce(max(organisation_id), 0) from dim_organisation) + row_number() over (order by folded), folded,
    first.name, first.seen_at
from met_organisation
where folded not in (select folded from dim_organisation);
update dim_organisation
set name = met.first.name, name_at = met.first.seen_at
from met_organisation as met
where
    dim_organisation.folded = met.folded
    and (met.first.seen_at, met.first.name) < (dim_organisation.name_at, dim_organisation.name);
