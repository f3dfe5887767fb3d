-- Finds articles without a revision.
-- level: fail
-- reads: fact_article
select article_id, article_key from fact_article where revisions = 0;
