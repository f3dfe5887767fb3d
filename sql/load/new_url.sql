-- URLs at which an article of this batch was met for the first time: asked for, redirected to, as its page names itself.
create or replace temp table new_url as
select new_page.source_id, met.url, min(new_page.article_id) as article_id
from new_page
cross join unnest([new_page.asked_url, new_page.final_url, new_page.url]) as met(url)
where
    met.url is not null
    and not exists (select 1 from known_url as known where known.source_id = new_page.source_id and known.url = met.url)
group by new_page.source_id, met.url;
insert into known_url select source_id, url, article_id from new_url;
