insert into fact_article_tag by name
with found as (
    select
        page.article_id, tag.tag_id, tag.folded, staged.method, min(staged.position)::integer as position,
        arg_min(staged.label, staged.position) as raw_label
    from current_page as page
    join stage_tag as staged on staged.fetch_no = page.fetch_no
    join dim_tag as tag on tag.folded = staged.folded
    group by page.article_id, tag.tag_id, tag.folded, staged.method
)
select
    found.article_id, found.tag_id, found.method, found.position, found.raw_label,
    exists (
        select 1
        from found as below
        join tag_parent on tag_parent.tag_folded = below.folded
        where below.article_id = found.article_id and tag_parent.parent_folded = found.folded
    ) as is_parent
from found;
