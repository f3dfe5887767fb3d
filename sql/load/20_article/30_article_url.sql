-- Adds the URLs, without scheme and `www.`, at which an article was seen for the first time.
-- needs: article exchanges, stale_article
-- reads: bare_url(), batch_url, known_url, page_url
-- writes: article_url, known_url, new_url
create or replace temp table new_url as
select source_id, bare_url(url) as bare_url, min(article_id) as article_id
from page_url
anti join known_url using (source_id, url)
group by all;

insert into known_url
select batch_url.source_id, batch_url.url, new_url.article_id
from batch_url
join new_url using (source_id, bare_url);

insert into article_url by name
select source_id, bare_url as url, article_id, md5_number_lower(source_id || ' ' || bare_url) as url_hash from new_url;
