-- The rows of fact_story by month of posting of the article.
-- compares: marked months
-- reads: fact_article, fact_story, is_compared(), lake_row()
select
    coalesce(strftime(article.posted_date, '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.article_id) as article_id,
        lake_row(own.story_id) as story_id
    )
from fact_story as own
join fact_article as article on article.article_id = own.article_id
where is_compared(article.posted_date)
