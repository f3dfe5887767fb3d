-- Adds new tags and maps each staged label to its tag (batch_tag). A tag shows the label of its earliest page,
-- whichever page is loaded first.
-- needs: stage_article
-- reads: dim_tag, new_fetch, stage_folded, stage_tag, tag_facet
-- writes: batch_tag, dim_tag, relabel_candidate
insert into dim_tag (tag_id, folded, label, label_at, facet)
with unknown as materialized (
    select tag_no, folded from stage_folded where folded <> '' and folded not in (select folded from dim_tag)
),

first_label as (
    select unknown.folded, min((coalesce(new_fetch.requested_at, timestamptz 'infinity'), staged.label)) as first
    from stage_tag as staged
    join unknown on unknown.tag_no = staged.tag_no
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    group by unknown.folded
)

select
    (select coalesce(max(tag_id), 0) from dim_tag)
    + row_number() over (order by first_label.first, first_label.folded) as tag_id,
    first_label.folded, first_label.first[2] as label, first_label.first[1] as label_at, tag_facet.facet
from first_label
left join tag_facet on tag_facet.folded = first_label.folded;

create or replace temp table batch_tag as
select staged.tag_no, tag.tag_id
from stage_folded as staged
join dim_tag as tag on tag.folded = staged.folded;

-- Tags whose label may come from an earlier page of this load. There are none while loads arrive in order of time.
create or replace temp table relabel_candidate as
select batch_tag.tag_no, batch_tag.tag_id
from batch_tag
join dim_tag as tag on tag.tag_id = batch_tag.tag_id
where tag.label_at >= (select min(requested_at) from new_fetch);

update dim_tag
set label = earliest.first[2], label_at = earliest.first[1]
from (
    select candidate.tag_id, min((coalesce(new_fetch.requested_at, timestamptz 'infinity'), staged.label)) as first
    from stage_tag as staged
    join relabel_candidate as candidate on candidate.tag_no = staged.tag_no
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
    group by candidate.tag_id
) as earliest
where dim_tag.tag_id = earliest.tag_id and earliest.first < (dim_tag.label_at, dim_tag.label);
