-- Forgets the articles that this load has computed again.
-- needs: stale_article
-- writes: stale_article
delete from stale_article;
