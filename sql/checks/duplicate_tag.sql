-- level: fail
-- One row an article x tag x method, of the articles read anew.
with fresh as (
    select article_id from article_reading where fetch_id >= first_unchecked_fetch('duplicate_tag')
)

select article_id, tag_id, method, count(*) as rows
from fact_article_tag
where article_id in (select article_id from fresh)
group by article_id, tag_id, method
having count(*) > 1;
