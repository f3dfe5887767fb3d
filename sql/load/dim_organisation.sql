insert into dim_organisation
select
    (select coalesce(max(organisation_id), 0) from dim_organisation) + row_number() over (order by folded), folded,
    arg_min(organisation, fetch_no)
from stage_closing
where folded not in (select folded from dim_organisation)
group by folded;
