-- Selects the pages of this load that are the latest reading of their article: fact_article takes its values from them.
-- Of two readings at the same instant the larger state hash wins, so the order of loading has no effect.
-- needs: article exchanges, stale_article
-- reads: article_reading, new_page, touched_article
-- writes: current_page
create or replace temp table current_page as
with candidate as materialized (
    select article_id, captured_at, state_hash
    from article_reading
    where
        state_hash is not null
        and article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_lone)
        and article_id in (select article_id from touched_article where not is_lone)
),

latest as (
    select article_id, max((coalesce(captured_at, timestamptz '-infinity'), state_hash)) as reading
    from candidate
    group by article_id
),

chosen as (
    select page.article_id, min(page.fetch_id) as fetch_id, arg_min(page.fetch_no, page.fetch_id) as fetch_no
    from new_page as page
    join latest
        on
            latest.article_id = page.article_id
            and latest.reading = (coalesce(page.captured_at, timestamptz '-infinity'), page.state_hash)
    group by page.article_id
)

select chosen.article_id, chosen.fetch_id, chosen.fetch_no, touched.is_new
from chosen
join touched_article as touched on touched.article_id = chosen.article_id
union all
select page.article_id, page.fetch_id, page.fetch_no, true
from new_page as page
join touched_article as touched on touched.article_id = page.article_id and touched.is_lone;
