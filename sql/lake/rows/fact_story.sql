-- The rows of fact_story by month of the article.
-- reads: fact_article, fact_story, lake_row()
select
    coalesce(strftime(coalesce(article.posted_date, article.first_seen_date), '%Y-%m'), 'none') as lake_month,
    own.* replace (
        lake_row(own.article_id) as article_id,
        lake_row(own.story_id) as story_id
    )
from fact_story as own
left join fact_article as article on article.article_id = own.article_id
