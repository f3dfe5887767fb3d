insert into dim_tag (tag_id, folded, label)
select
    (select coalesce(max(tag_id), 0) from dim_tag) + row_number() over (order by min(fetch_no), min(position), folded),
    folded, arg_min(label, fetch_no)
from stage_tag
where folded <> '' and folded not in (select folded from dim_tag)
group by folded;
