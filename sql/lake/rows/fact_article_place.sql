-- The rows of fact_article_place by month of the article.
-- reads: fact_article, fact_article_place
select coalesce(strftime(coalesce(article.posted_date, article.first_seen_date), '%Y-%m'), 'none') as lake_month, own.*
from fact_article_place as own
left join fact_article as article on article.article_id = own.article_id
