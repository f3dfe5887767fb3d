insert into agg_article_day by name
select
    article.source_id, article.posted_date, coalesce(article.origin_kind, 'unknown') as origin_kind,
    count(*)::integer as articles, count(distinct coalesce(article.content_hash, article.article_id::text))::integer as stories
from fact_article as article
where (article.source_id, article.posted_date) in (select source_id, posted_date from touched_day)
group by all;
