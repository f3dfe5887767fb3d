-- Days whose rollups this batch may change, as they stand before it.
create or replace temp table touched_day as
select distinct source_id, posted_date
from fact_article
where
    posted_date is not null
    and article_id >= (select coalesce(min(article_id), 9223372036854775807) from met_article where not is_new)
    and article_id in (select article_id from met_article where not is_new);
