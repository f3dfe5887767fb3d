-- Names the stories of story_member anew, by their smallest article_id, and collects as seeds the articles whose story
-- gained or lost members: what follows them may change, too.
-- needs: article exchanges, stale_article
-- reads: fact_story, story_done, story_first, story_member, story_text
-- writes: story_done, story_now, story_seed
create or replace temp table story_now as
with clustered as (
    select
        member.article_id, member.text_hash, coalesce(story_first.first, text.node, member.article_id) as first
    from story_member as member
    left join story_text as text on text.article_id = member.article_id
    left join story_first on story_first.node = text.node
),

sized as (
    select
        article_id, min(article_id) over (partition by first) as story_id,
        count(*) over (partition by first) as members,
        text_hash is not null and count(*) over (partition by first, text_hash) > 1 as is_exact
    from clustered
)

select
    article_id, story_id, members,
    case when is_exact then 'exact' when members > 1 then 'near' else 'alone' end as method
from sized;

create or replace temp table story_seed as
with known as materialized (
    select article_id, story_id
    from fact_story
    where
        article_id >= (select coalesce(min(article_id), 9223372036854775807) from story_now)
        and article_id in (select article_id from story_now)
),

compared as materialized (
    select
        story_now.article_id, story_now.story_id, story_now.members, known.story_id as known_id,
        count(*) over (partition by story_now.story_id, known.story_id) as common,
        count(*) over (partition by known.story_id) as known_members
    from story_now
    left join known on known.article_id = story_now.article_id
)

select article_id
from compared
anti join story_done using (article_id)
where known_id is null or common <> members or common <> known_members;

insert into story_done select article_id from story_seed;
