-- Records the posting days that known articles of this load have before it changes them: their rollups must be
-- recomputed. The days of stale articles are added.
-- needs: article exchanges, stale_article
-- reads: batch_article, fact_article, stale_article
-- writes: touched_day
create or replace temp table touched_day as
select distinct source_id, posted_date
from fact_article
where
    posted_date is not null
    and article_id >= (select coalesce(min(article_id), 9223372036854775807) from batch_article where not is_new)
    and article_id in (select article_id from batch_article where not is_new)
union
select source_id, posted_date
from stale_article
where posted_date is not null;
