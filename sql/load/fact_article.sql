-- New articles get their key here; what they say follows in article_current.
insert into fact_article (article_id, source_id, article_key, url, authors, revisions)
select
    (select coalesce(max(article_id), 0) from fact_article) + row_number() over (order by min(fetch_id)),
    source_id, article_key, arg_min(url, fetch_id), [], 0
from new_page
where not exists (
    select 1
    from fact_article as known
    where known.source_id = new_page.source_id and known.article_key = new_page.article_key
)
group by source_id, article_key;
