-- The days whose rollups count a label under another name now.
create or replace temp table touched_day as
select distinct article.source_id, article.posted_date
from fact_article as article
join fact_article_tag as link on link.article_id = article.article_id
join dim_tag as tag on tag.tag_id = link.tag_id
where tag.folded in (select folded from realiased) and article.posted_date is not null;
