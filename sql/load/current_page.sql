-- The looks of this batch that are the latest at their article: what fact_article is to say now. Of two at the same
-- instant the state with the larger hash speaks, so that no order of loading decides.
create or replace temp table current_page as
select page.article_id, page.fetch_id, page.fetch_no
from new_page as page
where not exists (
    select 1
    from article_reading as later
    where
        later.article_id = page.article_id
        and later.state_hash is not null
        and (
            later.captured_at > page.captured_at
            or (page.captured_at is null and later.captured_at is not null)
            or (later.captured_at is not distinct from page.captured_at and later.state_hash > page.state_hash)
        )
)
qualify row_number() over (partition by page.article_id order by page.fetch_id) = 1;
