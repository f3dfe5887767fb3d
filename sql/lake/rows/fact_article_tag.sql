-- The rows of fact_article_tag by month of posting of the article.
-- compares: marked months
-- reads: fact_article, fact_article_tag, is_compared(), lake_row(), lake_tag()
select
    coalesce(strftime(article.posted_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.article_id) as article_id,
        lake_tag(own.tag_id) as tag_id
    )
from fact_article_tag as own
join fact_article as article on article.article_id = own.article_id
where is_compared(article.posted_date)
