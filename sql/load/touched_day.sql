-- Days whose rollups this batch may change, as they stand before it.
create or replace temp table touched_day as
select distinct article.source_id, article.posted_date
from fact_article as article
join new_page on new_page.source_id = article.source_id and new_page.article_key = article.article_key
where article.posted_date is not null;
