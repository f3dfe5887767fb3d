-- Add the days on which the articles of this batch stand now, and those of the stories they belong to, joined or left: a
-- story counts once, so what one copy says can change the count of another's day.
insert into touched_day
with told as materialized (
    select article_id from current_page union select article_id from story_member
),
story as materialized (
    select distinct story_id
    from fact_story
    where
        method <> 'alone' and article_id >= (select coalesce(min(article_id), 9223372036854775807) from told)
        and article_id in (select article_id from told)
),
moved as materialized (
    select article_id from told
    union
    select article_id
    from fact_story
    where story_id >= (select coalesce(min(story_id), 9223372036854775807) from story)
    and story_id in (select story_id from story)
)
select distinct source_id, posted_date
from fact_article
where
    posted_date is not null
   
    and article_id >= (select coalesce(min(article_id), 9223372036854775807) from moved) and article_id in (select article_id from moved);
