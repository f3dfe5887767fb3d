-- level: fail
-- One row an article x tag x method.
select article_id, tag_id, method from fact_article_tag group by all having count(*) > 1;
