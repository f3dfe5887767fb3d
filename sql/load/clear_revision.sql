delete from fact_article_revision
where
    article_id >= (select min(article_id) from touched_article where not is_new)
    and article_id in (select article_id from touched_article where not is_new);
