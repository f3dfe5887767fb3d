-- Appends the pages that could have shown banners and a forecast text, and the wording of new forecast texts.
-- needs: stage_page
-- reads: forecast_wording, new_fetch, stage_page
-- writes: forecast_wording, page_exchange
insert into page_exchange by name
select
    new_fetch.fetch_id, new_fetch.source_id, new_fetch.requested_at as captured_at,
    md5(staged.forecast_text) as forecast_hash
from stage_page as staged
join new_fetch on new_fetch.fetch_no = staged.fetch_no;

insert into forecast_wording by name
select distinct md5(forecast_text) as forecast_hash, forecast_text as text
from stage_page
where forecast_text is not null and md5(forecast_text) not in (select forecast_hash from forecast_wording);
