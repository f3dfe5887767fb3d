-- Articles whose looks have grown in number: their revisions and clocks are computed anew.
create or replace temp table touched_article as
select article_id from new_page
union
select met.article_id
from new_fetch
join article_url as met on met.source_id = new_fetch.source_id and met.url = new_fetch.url
where new_fetch.purpose = 'article' and new_fetch.outcome in ('unchanged', 'gone');
