-- URLs at which an article of this batch was met for the first time.
create or replace temp table new_url as
select source_id, url, min(article_id) as article_id
from page_url
anti join known_url using (source_id, url)
group by source_id, url;
insert into known_url select source_id, url, article_id from new_url;
