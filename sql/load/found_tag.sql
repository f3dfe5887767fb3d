-- The tags of the articles whose current state this batch brings.
create or replace temp view found_tag as
select
    page.article_id, page.is_new, met.tag_id, staged.method, staged.position::integer as position, staged.label as raw_label
from stage_tag as staged
join current_page as page on page.fetch_no = staged.fetch_no
join met_tag as met on met.tag_no = staged.tag_no;
-- A tag is a parent where another of the article's tags lies below it.
create or replace temp table kin_tag as
select below.tag_id, above.tag_id as parent_id
from tag_parent
join dim_tag as below on below.folded = tag_parent.tag_folded
join dim_tag as above on above.folded = tag_parent.parent_folded;
create or replace temp table parent_tag as
select distinct found.article_id, kin.parent_id as tag_id
from found_tag as found
join kin_tag as kin on kin.tag_id = found.tag_id;
