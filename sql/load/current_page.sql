-- The looks of this batch that are the latest at their article: what fact_article is to say now. Of two at the same
-- instant the state with the larger hash speaks, so that no order of loading decides.
create or replace temp table current_page as
with rival as materialized (
    select article_id, captured_at, state_hash
    from article_reading
    where
        state_hash is not null
        and article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_lone)
        and article_id in (select article_id from touched_article where not is_lone)
),
latest as (
    select article_id, max((coalesce(captured_at, timestamptz '-infinity'), state_hash)) as look from rival group by article_id
),
told as (
    select page.article_id, min(page.fetch_id) as fetch_id, arg_min(page.fetch_no, page.fetch_id) as fetch_no
    from new_page as page
    join latest on
        latest.article_id = page.article_id
        and latest.look = (coalesce(page.captured_at, timestamptz '-infinity'), page.state_hash)
    group by page.article_id
)
select told.article_id, told.fetch_id, told.fetch_no, touched.is_new
from told
join touched_article as touched on touched.article_id = told.article_id
union all
select page.article_id, page.fetch_id, page.fetch_no, true
from new_page as page
join touched_article as touched on touched.article_id = page.article_id and touched.is_lone;
