-- Lists the articles that got new readings, and the stale ones: their revisions and clocks are recomputed. A new
-- article with a single reading (`is_lone`) needs no stored rows for that.
-- needs: article exchanges, stale_article
-- reads: batch_article, new_reading, stale_article
-- writes: touched_article
create or replace temp table touched_article as
with counted as (
    select article_id, count(*) as readings
    from (
        select article_id from new_reading
        union all
        select article_id from stale_article
    )
    group by article_id
)

select
    counted.article_id, coalesce(article.is_new, false) as is_new,
    coalesce(article.is_new, false) and counted.readings = 1 as is_lone
from counted
left join batch_article as article on article.article_id = counted.article_id;
