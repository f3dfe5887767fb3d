delete from fact_article_revision
where
    article_id >= (select coalesce(min(article_id), 9223372036854775807) from touched_article where not is_new)
    and article_id in (select article_id from touched_article where not is_new);
