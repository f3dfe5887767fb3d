-- Lists the days of articles that have a label whose alias changed: their tag rollups must be recomputed.
-- reads: changed_alias, dim_tag, fact_article, fact_article_tag
-- writes: touched_day
create or replace temp table touched_day as
select distinct article.source_id, article.posted_date
from fact_article as article
join fact_article_tag as link on link.article_id = article.article_id
join dim_tag as tag on tag.tag_id = link.tag_id
where tag.folded in (select folded from changed_alias) and article.posted_date is not null;
