delete from fact_article_place where article_id in (select article_id from current_page);
