-- Returns one source as config describes it, with its totals.
-- grain: one row
-- reads: dim_source, fact_article, fact_source_day
select
    source.name, source.title, source.kind, source.home, source.zone, source.call_sign, source.owner, source.enabled,
    (select count(*) from fact_article as article where article.source_id = source.source_id) as articles,
    (select min(date) from fact_source_day as day where day.source_id = source.source_id and day.observed) as since_date,
    (select max(date) from fact_source_day as day where day.source_id = source.source_id and day.observed) as until_date,
    (select count(*) from fact_source_day as day where day.source_id = source.source_id and day.observed)
        as observed_days,
    (select count(*) from fact_source_day as day where day.source_id = source.source_id and not day.observed)
        as unobserved_days
from dim_source as source
where source.name = $name::text
