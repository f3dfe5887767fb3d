delete from fact_article_tag where article_id in (select article_id from current_page);
