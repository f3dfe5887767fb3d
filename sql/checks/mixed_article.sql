-- Finds articles that an earlier version may have read from pages of several sites, because their ids are equal. The
-- archive tells them apart: `newsvane rebuild` does.
-- level: warn
-- reads: dim_source, fact_article, mixed_article
select source.name as source, article.article_key, mixed.hosts, 'run `newsvane rebuild`' as next_step
from mixed_article as mixed
join fact_article as article on article.article_id = mixed.article_id
join dim_source as source on source.source_id = article.source_id;
