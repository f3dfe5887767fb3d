-- Tags met for the first time, shown as the earliest page prints them, whichever page is loaded first.
insert into dim_tag (tag_id, folded, label, label_at, facet)
with unknown as materialized (
    select tag_no, folded from stage_folded where folded <> '' and folded not in (select folded from dim_tag)
),
met as (
    select unknown.folded, min((coalesce(new_fetch.requested_at, timestamptz 'infinity'), staged.label)) as first
    from stage_tag as staged
    join unknown on unknown.tag_no = staged.tag_no
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    group by unknown.folded
)
select
    (select coalesce(max(tag_id), 0) from dim_tag) + row_number() over (order by met.first, met.folded), met.folded, met.first[2],
    met.first[1], tag_facet.facet
from met
left join tag_facet on tag_facet.folded = met.folded;
-- The key of each label of this batch.
create or replace temp table met_tag as
select staged.tag_no, tag.tag_id
from stage_folded as staged
join dim_tag as tag on tag.folded = staged.folded;
-- Tags that a page of this batch may show as an earlier page printed them: none, where batches come in order of time.
create or replace temp table later_tag as
select met.tag_no, met.tag_id
from met_tag as met
join dim_tag as tag on tag.tag_id = met.tag_id
where tag.label_at >= (select min(requested_at) from new_fetch);
update dim_tag
set label = met.first[2], label_at = met.first[1]
from (
    select later.tag_id, min((coalesce(new_fetch.requested_at, timestamptz 'infinity'), staged.label)) as first
    from stage_tag as staged
    join later_tag as later on later.tag_no = staged.tag_no
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    group by later.tag_id
) as met
where dim_tag.tag_id = met.tag_id and met.first < (dim_tag.label_at, dim_tag.label);
