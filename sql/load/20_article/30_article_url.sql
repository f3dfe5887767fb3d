-- Adds the URLs at which an article was seen for the first time.
-- reads: known_url, page_url
-- writes: article_url, known_url, new_url
create or replace temp table new_url as
select source_id, url, min(article_id) as article_id
from page_url
anti join known_url using (source_id, url)
group by source_id, url;

insert into known_url select source_id, url, article_id from new_url;

insert into article_url by name
select source_id, url, article_id, md5_number_lower(source_id || ' ' || url) as url_hash from new_url;
