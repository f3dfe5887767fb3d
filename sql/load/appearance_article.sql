-- Appearances seen before their article was: few, found by the row groups that have a null, and then looked up by row.
update fact_appearance
set article_id = met.article_id
from (
    with unmet as materialized (
        select rowid as row_no, source_id, url from fact_appearance where article_id is null
    )
    select unmet.row_no, new_url.article_id
    from unmet
    join new_url using (source_id, url)
) as met
where fact_appearance.rowid = met.row_no;
