insert into page_look
select new_fetch.fetch_id, new_fetch.source_id, new_fetch.requested_at, staged.forecast_text, md5(staged.forecast_text)
from stage_look as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no;
