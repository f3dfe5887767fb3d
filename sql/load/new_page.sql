-- The articles read in this batch, one row a look.
create or replace temp table new_page as
select new_fetch.fetch_id, new_fetch.source_id, new_fetch.zone, new_fetch.requested_at as captured_at,
    new_fetch.url as asked_url, new_fetch.final_url, staged.*
from stage_article as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no;
