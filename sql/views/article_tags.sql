-- One row per article and tag, renamed tags under the name they have on the article's day (posted, else first seen).
-- reads: alias_span, dim_source, dim_tag, fact_article, fact_article_tag
-- writes: article_tags
create or replace view article_tags as
with linked as (
    select
        article.article_id, article.source_id, article.posted_date, article.first_seen_date, article.origin_kind,
        coalesce(meaning.means_tag_id, link.tag_id) as tag_id, bool_and(link.is_parent) as is_parent
    from fact_article_tag as link
    join fact_article as article on article.article_id = link.article_id
    left join alias_span as meaning
        on
            meaning.tag_id = link.tag_id
            and coalesce(article.posted_date, article.first_seen_date) >= meaning.since_date
            and coalesce(article.posted_date, article.first_seen_date) < meaning.before_date
    group by all
)

select
    linked.article_id, linked.source_id, source.name as source, linked.posted_date, linked.first_seen_date,
    linked.origin_kind, linked.tag_id, tag.folded, tag.label as tag, tag.facet, linked.is_parent
from linked
join dim_tag as tag on tag.tag_id = linked.tag_id
join dim_source as source on source.source_id = linked.source_id;
