-- Add the days on which the articles of this batch stand now.
insert into touched_day
select distinct article.source_id, article.posted_date
from fact_article as article
join current_page on current_page.article_id = article.article_id
where article.posted_date is not null;
