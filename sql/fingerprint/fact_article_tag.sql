-- Counts and hashes the rows of fact_article_tag.
-- reads: dim_source, dim_tag, fact_article, fact_article_tag
select
    count(*) as rows,
    coalesce(sum(hash((
        source.name, article.article_key, tag.folded, fact.method, fact.position, fact.raw_label, fact.is_parent
    ))::hugeint), 0)::text as hash
from fact_article_tag as fact
join fact_article as article on article.article_id = fact.article_id
join dim_source as source on source.source_id = article.source_id
join dim_tag as tag on tag.tag_id = fact.tag_id;
