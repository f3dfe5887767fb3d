-- Looks that brought content, and looks that found the article unchanged or gone; those too that were loaded before the
-- article itself was, and waited for it.
create or replace temp table bare_look as
select fetch_id, source_id, url, requested_at as captured_at, outcome = 'gone' as is_gone
from new_fetch
where purpose = 'article' and outcome in ('unchanged', 'gone');
create or replace temp table new_reading as
select article_id, captured_at, state_hash, fetch_id, false as is_gone from new_page
union all
select met.article_id, look.captured_at, null, look.fetch_id, look.is_gone
from bare_look as look
join known_url as met on met.source_id = look.source_id and met.url = look.url
union all
select met.article_id, look.captured_at, null, look.fetch_id, look.is_gone
from waiting_look as look
join new_url as met on met.source_id = look.source_id and met.url = look.url;
insert into article_reading by name select article_id, captured_at, state_hash, fetch_id, is_gone from new_reading;
delete from waiting_look where (source_id, url) in (select source_id, url from new_url);
insert into waiting_look by name
select look.fetch_id, look.source_id, look.url, look.captured_at, look.is_gone
from bare_look as look
anti join known_url as met on met.source_id = look.source_id and met.url = look.url;
