delete from fact_story
where
    article_id >= (select min(article_id) from story_member) and article_id in (select article_id from story_member);
