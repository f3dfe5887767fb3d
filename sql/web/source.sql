-- Returns one source as config describes it, with its totals.
-- grain: one row
-- reads: dim_source, fact_article, fact_source_day
with days as (
    select
        source_id,
        min(date) filter (where observed) as since_date, max(date) filter (where observed) as until_date,
        count(*) filter (where observed) as observed_days, count(*) filter (where not observed) as unobserved_days
    from fact_source_day
    group by source_id
)

select
    source.name, source.title, source.kind, source.home, source.zone, source.call_sign, source.owner, source.enabled,
    (select count(*) from fact_article as article where article.source_id = source.source_id) as articles,
    days.since_date, days.until_date,
    coalesce(days.observed_days, 0) as observed_days, coalesce(days.unobserved_days, 0) as unobserved_days
from dim_source as source
left join days on days.source_id = source.source_id
where source.name = $name::text
