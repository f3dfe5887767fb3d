-- Looks that brought content, and looks that found it unchanged (state null: as before), those too that were loaded
-- before the article itself was.
insert into article_reading
select article_id, captured_at, state_hash, fetch_id from new_page
union all
select met.article_id, fetched.requested_at, null, fetched.fetch_id
from new_fetch as fetched
join article_url as met on met.source_id = fetched.source_id and met.url = fetched.url
where fetched.purpose = 'article' and fetched.outcome = 'unchanged'
union all
select met.article_id, earlier.requested_at, null, earlier.fetch_id
from fact_fetch as earlier
join new_url as met on met.source_id = earlier.source_id and met.url = earlier.url
where earlier.purpose = 'article' and earlier.outcome = 'unchanged' and earlier.fetch_id < (select min(fetch_id) from new_fetch);
