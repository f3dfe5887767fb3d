-- The articles read in this batch, one narrow row a look; what a page says is read from stage_article where needed.
create or replace temp table new_page as
with staged as materialized (
    select fetch_no, article_key, url, state_hash from stage_article
),
looks as materialized (
    select
        new_fetch.fetch_id, new_fetch.fetch_no, new_fetch.source_id, new_fetch.requested_at as captured_at, new_fetch.local_date,
        new_fetch.url as asked_url, new_fetch.final_url, staged.article_key, staged.url, staged.state_hash
    from staged
    join new_fetch on new_fetch.fetch_no = staged.fetch_no
)
select
    looks.fetch_id, looks.fetch_no, met.article_id, looks.source_id, looks.captured_at, looks.local_date, looks.asked_url, looks.final_url,
    looks.url, looks.state_hash
from looks
join met_article as met on met.article_key = looks.article_key and met.source_id = looks.source_id;
