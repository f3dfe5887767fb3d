-- The looks of this batch that are the latest at their article: what fact_article is to say now. Of two at the same
-- instant the state with the larger hash speaks, so that no order of loading decides.
create or replace temp table current_page as
with later as materialized (
    select article_id, captured_at, state_hash
    from article_reading
    where
        state_hash is not null
        and article_id >= (select min(article_id) from met_article)
        and article_id in (select article_id from met_article)
),
latest as (
    select article_id, max((coalesce(captured_at, timestamptz '-infinity'), state_hash)) as look from later group by article_id
)
select page.article_id, page.fetch_id, page.fetch_no, met.is_new
from new_page as page
join latest on
    latest.article_id = page.article_id
    and latest.look = (coalesce(page.captured_at, timestamptz '-infinity'), page.state_hash)
join met_article as met on met.article_id = page.article_id
qualify row_number() over (partition by page.article_id order by page.fetch_id) = 1;
