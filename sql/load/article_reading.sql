-- Looks that brought content, and looks that found it unchanged (state null: as before).
insert into article_reading
select article.article_id, page.captured_at, page.state_hash, page.fetch_id
from new_page as page
join fact_article as article on article.source_id = page.source_id and article.article_key = page.article_key
union all
select met.article_id, fetched.requested_at, null, fetched.fetch_id
from new_fetch as fetched
join article_url as met on met.source_id = fetched.source_id and met.url = fetched.url
where fetched.purpose = 'article' and fetched.outcome = 'unchanged';
