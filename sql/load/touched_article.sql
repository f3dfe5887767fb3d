-- Articles whose looks have grown in number: their revisions and clocks are computed anew. One met here for the first
-- time, and once, needs no look back.
create or replace temp table touched_article as
select touched.article_id, coalesce(met.is_new, false) as is_new, coalesce(met.is_new, false) and touched.looks = 1 as is_lone
from (select article_id, count(*) as looks from new_reading group by article_id) as touched
left join met_article as met on met.article_id = touched.article_id;
