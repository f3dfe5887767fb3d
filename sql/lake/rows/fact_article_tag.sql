-- The rows of fact_article_tag by month of the article.
-- reads: fact_article, fact_article_tag, lake_row(), lake_tag()
select
    coalesce(strftime(coalesce(article.posted_date, article.first_seen_date), '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.article_id) as article_id,
        lake_tag(own.tag_id) as tag_id
    )
from fact_article_tag as own
left join fact_article as article on article.article_id = own.article_id
