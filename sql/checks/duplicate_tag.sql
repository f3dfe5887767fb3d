-- Finds tags stored more than once for one article and method. Only articles read since the last clean run are
-- compared.
-- level: fail
-- reads: article_reading, fact_article_tag, first_unchecked_fetch()
with fresh as (
    select article_id from article_reading where fetch_id >= first_unchecked_fetch('duplicate_tag')
)

select article_id, tag_id, method, count(*) as rows
from fact_article_tag
where article_id in (select article_id from fresh)
group by article_id, tag_id, method
having count(*) > 1;
