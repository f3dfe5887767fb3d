-- A story counts once, with the first article that told it; summed over sources and days that is the number of stories.
insert into agg_article_day by name
with touched as (
    select article_id, source_id, posted_date, origin_kind
    from fact_article
    where (source_id, posted_date) in (select source_id, posted_date from touched_day)
),
first_of_story as (
    select
        story.story_id,
        arg_min(article.article_id, (article.posted_date, article.posted_local, source.name, article.article_key))
            as article_id
    from fact_story as story
    join fact_article as article on article.article_id = story.article_id
    join dim_source as source on source.source_id = article.source_id
    where story.story_id in (
        select story_id from fact_story where article_id in (select article_id from touched)
    )
    group by story.story_id
)
select
    touched.source_id, touched.posted_date, coalesce(touched.origin_kind, 'unknown') as origin_kind,
    count(*)::integer as articles, count(first_of_story.article_id)::integer as stories
from touched
left join first_of_story on first_of_story.article_id = touched.article_id
group by all;
