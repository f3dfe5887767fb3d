create or replace temp table touched_article as
select distinct reading.article_id
from article_reading as reading
join new_fetch on new_fetch.fetch_id = reading.fetch_id
union
select met.article_id
from new_fetch
join article_url as met on met.source_id = new_fetch.source_id and met.url = new_fetch.url
where new_fetch.outcome = 'gone';
