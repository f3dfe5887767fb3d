-- One row per story: the copies of one text at all sources.
-- reads: dim_source, fact_article, fact_story
-- writes: stories
create or replace view stories as
select
    story.story_id, arg_min(article.title, coalesce(article.posted_at, article.first_seen_at)) as title,
    count(*) as articles, count(distinct article.source_id) as sources,
    arg_min(source.name, coalesce(article.posted_at, article.first_seen_at)) as first_source,
    min(coalesce(article.posted_at, article.first_seen_at)) as first_at,
    max(coalesce(article.posted_at, article.first_seen_at)) as last_at, min(article.posted_date) as first_posted_date
from fact_story as story
join fact_article as article on article.article_id = story.article_id
join dim_source as source on source.source_id = article.source_id
group by story.story_id;
