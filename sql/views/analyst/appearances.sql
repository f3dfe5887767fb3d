-- One row per interval in which an address stayed on a feed, a sitemap or a section page.
-- reads: dim_source, fact_appearance, fact_article
-- writes: appearances
create or replace view appearances as
select
    source.name as source, appearance.url, appearance.article_id, article.title, appearance.channel, appearance.slot,
    appearance.from_at, appearance.until_at, appearance.sightings as exchanges, appearance.best_rank
from fact_appearance as appearance
join dim_source as source on source.source_id = appearance.source_id
left join fact_article as article on article.article_id = appearance.article_id;
