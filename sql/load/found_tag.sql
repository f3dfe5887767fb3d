-- The tags of the articles whose current state this batch brings. A tag is a parent where another of the article's
-- tags lies below it.
create or replace temp table found_tag as
with found as (
    select
        page.article_id, tag.tag_id, tag.folded, staged.method, min(staged.position)::integer as position,
        arg_min(staged.label, staged.position) as raw_label
    from current_page as page
    join stage_tag as staged on staged.fetch_no = page.fetch_no
    join dim_tag as tag on tag.folded = staged.folded
    group by page.article_id, tag.tag_id, tag.folded, staged.method
),
above as (
    select distinct found.article_id, tag_parent.parent_folded
    from found
    join tag_parent on tag_parent.tag_folded = found.folded
)
select
    found.article_id, found.tag_id, found.method, found.position, found.raw_label,
    above.article_id is not null as is_parent
from found
left join above on above.article_id = found.article_id and above.parent_folded = found.folded;
