delete from fact_article_place
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from current_page where not is_new)
    and article_id in (select article_id from current_page where not is_new);
