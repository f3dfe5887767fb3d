-- Tags met for the first time, shown as the earliest page prints them, whichever page is loaded first.
insert into dim_tag (tag_id, folded, label, label_at, facet)
with met as (
    select staged.folded, min((coalesce(new_fetch.requested_at, timestamptz 'infinity'), staged.label)) as first
    from stage_tag as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    where staged.folded <> '' and staged.folded not in (select folded from dim_tag)
    group by staged.folded
)
select
    (select coalesce(max(tag_id), 0) from dim_tag) + row_number() over (order by met.first, met.folded), met.folded, met.first[2],
    met.first[1], tag_facet.facet
from met
left join tag_facet on tag_facet.folded = met.folded;
-- Tags that a page of this batch may show as an earlier page printed them: none, where batches come in order of time.
create or replace temp table later_tag as
select folded from dim_tag where label_at >= (select min(requested_at) from new_fetch);
update dim_tag
set label = met.first[2], label_at = met.first[1]
from (
    select staged.folded, min((coalesce(new_fetch.requested_at, timestamptz 'infinity'), staged.label)) as first
    from stage_tag as staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    join later_tag as later on later.folded = staged.folded
    group by staged.folded
) as met
where dim_tag.folded = met.folded and met.first < (dim_tag.label_at, dim_tag.label);
