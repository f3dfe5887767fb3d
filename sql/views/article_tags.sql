-- One row an article x tag, aliases applied from their day on.
create or replace view article_tags as
select distinct
    article.article_id, source.name as source, article.posted_date, coalesce(means.tag_id, tag.tag_id) as tag_id,
    coalesce(means.label, tag.label) as tag, coalesce(means.facet, tag.facet) as facet, link.is_parent
from fact_article_tag as link
join dim_tag as tag on tag.tag_id = link.tag_id
join fact_article as article on article.article_id = link.article_id
join dim_source as source on source.source_id = article.source_id
left join tag_alias as alias on
    alias.alias_folded = tag.folded and (alias.since_date is null or article.posted_date >= alias.since_date)
left join dim_tag as means on means.folded = alias.means_folded;
