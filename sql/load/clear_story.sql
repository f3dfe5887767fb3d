delete from fact_story
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from story_member)
    and article_id in (select article_id from story_member);
