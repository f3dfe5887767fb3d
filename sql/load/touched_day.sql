-- Days whose rollups this batch may change, as they stand before it.
create or replace temp table touched_day as
select distinct article.source_id, article.posted_date
from fact_article as article
where article.article_id in (select article_id from met_article where not is_new) and article.posted_date is not null;
