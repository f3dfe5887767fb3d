-- Replaces the stories of story_member.
-- needs: article exchanges, stale_article
-- reads: story_now
-- writes: fact_story
delete from fact_story
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from story_now)
    and article_id in (select article_id from story_now);

insert into fact_story by name select article_id, story_id, method from story_now order by article_id;
