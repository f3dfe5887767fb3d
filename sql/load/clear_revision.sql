delete from fact_article_revision where article_id in (select article_id from touched_article);
