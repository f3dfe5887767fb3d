-- Sets the article of appearances that were seen before their article was read. They are few: row groups without a null
-- are skipped, and the update goes by row number.
-- needs: stage_article
-- reads: bare_url(), fact_appearance, new_url
-- writes: fact_appearance
update fact_appearance
set article_id = resolved.article_id
from (
    with unresolved as materialized (
        select rowid as row_no, source_id, bare_url(url) as bare_url from fact_appearance where article_id is null
    )

    select unresolved.row_no, new_url.article_id
    from unresolved
    join new_url using (source_id, bare_url)
) as resolved
where fact_appearance.rowid = resolved.row_no;
