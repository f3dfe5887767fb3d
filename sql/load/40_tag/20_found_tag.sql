-- Lists the tags of the current pages, and which of them are parents of another tag of the same article.
-- needs: stage_article
-- reads: batch_tag, current_page, dim_tag, stage_tag, tag_parent
-- writes: found_tag, parent_tag, tag_ancestor
create or replace temp view found_tag as
select
    page.article_id, page.is_new, batch_tag.tag_id, staged.method, staged.position::integer as position,
    staged.label as raw_label
from stage_tag as staged
join current_page as page on page.fetch_no = staged.fetch_no
join batch_tag on batch_tag.tag_no = staged.tag_no;

create or replace temp table tag_ancestor as
select below.tag_id, above.tag_id as ancestor_id
from tag_parent
join dim_tag as below on below.folded = tag_parent.tag_folded
join dim_tag as above on above.folded = tag_parent.parent_folded;

create or replace temp table parent_tag as
select distinct found.article_id, ancestor.ancestor_id as tag_id
from found_tag as found
join tag_ancestor as ancestor on ancestor.tag_id = found.tag_id;
