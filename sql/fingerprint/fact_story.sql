-- A story is named by its smallest article; here by all of them, as article keys are given in order of loading.
with member as (
    select fact.article_id, fact.story_id, fact.method, source.name || ' ' || article.article_key as name
    from fact_story as fact
    join fact_article as article on article.article_id = fact.article_id
    join dim_source as source on source.source_id = article.source_id
),
story as (
    select story_id, min(name) as story from member group by story_id
)
select count(*) as rows, coalesce(sum(hash((member.name, story.story, member.method))::hugeint), 0)::text as content
from member
join story on story.story_id = member.story_id;
