-- Forgets the articles that this load has computed again.
-- writes: stale_article
delete from stale_article;
