-- Adds one reading per exchange of an article: with content, or found unchanged or gone. Exchanges without content
-- whose article is not known yet wait in waiting_exchange until a later load brings the article.
-- needs: article exchanges, stale_article
-- reads: bare_url(), known_url, new_fetch, new_page, new_url, waiting_exchange
-- writes: article_reading, contentless_exchange, new_reading, waiting_exchange
create or replace temp table contentless_exchange as
select fetch_id, source_id, url, requested_at as captured_at, outcome = 'gone' as is_gone
from new_fetch
where purpose = 'article' and outcome in ('unchanged', 'gone');

create or replace temp table new_reading as
select article_id, captured_at, state_hash, fetch_id, false as is_gone from new_page
union all
select known_url.article_id, exchange.captured_at, null, exchange.fetch_id, exchange.is_gone
from contentless_exchange as exchange
join known_url on known_url.source_id = exchange.source_id and known_url.url = exchange.url
union all
select new_url.article_id, waiting.captured_at, null, waiting.fetch_id, waiting.is_gone
from waiting_exchange as waiting
join new_url on new_url.source_id = waiting.source_id and new_url.bare_url = bare_url(waiting.url);

insert into article_reading by name select article_id, captured_at, state_hash, fetch_id, is_gone from new_reading;

delete from waiting_exchange where (source_id, bare_url(url)) in (select source_id, bare_url from new_url);

insert into waiting_exchange by name
select exchange.fetch_id, exchange.source_id, exchange.url, exchange.captured_at, exchange.is_gone
from contentless_exchange as exchange
anti join known_url on known_url.source_id = exchange.source_id and known_url.url = exchange.url;
