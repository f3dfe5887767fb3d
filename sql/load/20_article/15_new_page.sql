-- Lists the article pages of this load, one narrow row per exchange. Content columns are read from stage_article only
-- where they are needed.
-- needs: article exchanges, stage_find, stale_article
-- reads: batch_article, new_fetch, stage_article
-- writes: new_page
create or replace temp table new_page as
with staged as materialized (
    select fetch_no, article_key, url, state_hash from stage_article
),

pages as materialized (
    select
        new_fetch.fetch_id, new_fetch.fetch_no, new_fetch.source_id, new_fetch.requested_at as captured_at,
        new_fetch.local_date, new_fetch.url as requested_url, new_fetch.final_url, staged.article_key, staged.url,
        staged.state_hash
    from staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
)

select
    pages.fetch_id, pages.fetch_no, article.article_id, pages.source_id, pages.captured_at, pages.local_date,
    pages.requested_url, pages.final_url, pages.url, pages.state_hash
from pages
join batch_article as article on article.article_key = pages.article_key and article.source_id = pages.source_id;
