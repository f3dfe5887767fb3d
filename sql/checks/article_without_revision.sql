-- level: fail
-- Every article has at least one revision.
select article_id, article_key from fact_article where revisions = 0;
