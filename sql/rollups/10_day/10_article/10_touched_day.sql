-- Adds the posting days that articles of this load have now, and those of every article in a story that gained or lost
-- a member: a story counts once, so one copy can change the count on the day of another.
-- needs: article exchanges, stale_article
-- reads: current_page, fact_article, fact_story, story_member
-- writes: touched_day
insert into touched_day
with changed as materialized (
    select article_id from current_page
    union
    select article_id from story_member
),

story as materialized (
    select distinct story_id
    from fact_story
    where
        method <> 'alone' and article_id >= (select coalesce(min(article_id), 9223372036854775807) from changed)
        and article_id in (select article_id from changed)
),

affected as materialized (
    select article_id from changed
    union
    select article_id
    from fact_story
    where
        story_id >= (select coalesce(min(story_id), 9223372036854775807) from story)
        and story_id in (select story_id from story)
)

select distinct source_id, posted_date
from fact_article
where
    posted_date is not null
    and article_id >= (select coalesce(min(article_id), 9223372036854775807) from affected)
    and article_id in (select article_id from affected);
