-- Counts and hashes the rows of fact_story. A story is named by the smallest of its members' source and article keys,
-- because article_id and story_id depend on the order of loading.
-- reads: dim_source, fact_article, fact_story
with member as (
    select fact.article_id, fact.story_id, fact.method, source.name || ' ' || article.article_key as name
    from fact_story as fact
    join fact_article as article on article.article_id = fact.article_id
    join dim_source as source on source.source_id = article.source_id
),

story as (
    select story_id, min(name) as story from member group by story_id
)

select
    count(*) as rows,
    coalesce(sum(hash((member.name, story.story, member.method))::hugeint), 0)::text as hash
from member
join story on story.story_id = member.story_id;
