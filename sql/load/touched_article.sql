-- Articles whose looks have grown in number: their revisions and clocks are computed anew.
create or replace temp table touched_article as
select touched.article_id, coalesce(met.is_new, false) as is_new
from (select distinct article_id from new_reading) as touched
left join met_article as met on met.article_id = touched.article_id;
