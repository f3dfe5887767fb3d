insert into agg_tag_day by name
select article.source_id, tag.tag_id, article.posted_date, count(distinct article.article_id)::integer as articles
from fact_article as article
join fact_article_tag as tag on tag.article_id = article.article_id
where (article.source_id, article.posted_date) in (select source_id, posted_date from touched_day)
group by all;
