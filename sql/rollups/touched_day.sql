-- Add the days on which the articles of this batch stand now, and those of the stories they joined or left.
insert into touched_day
select distinct article.source_id, article.posted_date
from fact_article as article
where
    article.posted_date is not null
    and (
        article.article_id in (select article_id from current_page)
        or article.article_id in (select article_id from story_member)
    );
