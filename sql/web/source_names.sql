-- Returns the sources that can be chosen.
-- grain: one source with an article or an exchange
-- reads: dim_source, fact_article, fact_source_day
select name, title
from dim_source
where
    source_id in (select source_id from fact_source_day)
    or source_id in (select source_id from fact_article)
order by name
