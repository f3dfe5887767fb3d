-- title: Source health
-- question: Is each source still looked at, and does it bring what it usually does?
-- grain: one source; new articles of its last observed day against the mean of the 28 days before, observed days only
-- param: source text = none - one source only
-- chart: table
-- x: source
-- y: new_articles
-- series: none
with observed as (
    select
        source_id,
        date,
        new_articles,
        max(date) over (partition by source_id) as last_date
    from fact_source_day
    where observed
),

health as (
    select
        source_id,
        max(last_date) as last_observed_date,
        sum(new_articles) filter (where date = last_date) as new_articles,
        round(avg(new_articles) filter (where date < last_date and date >= last_date - 28), 4) as usual_new_articles,
        count(*) filter (where date < last_date and date >= last_date - 28) as baseline_days
    from observed
    group by source_id
)

select
    dim_source.name as source,
    health.last_observed_date,
    health.new_articles::bigint as new_articles,
    health.usual_new_articles,
    coalesce(health.baseline_days, 0) as baseline_days,
    (
        select coalesce(sum(fact_source_day.failed + fact_source_day.refused), 0)::bigint
        from fact_source_day
        where
            fact_source_day.source_id = dim_source.source_id
            and (health.last_observed_date is null or fact_source_day.date >= health.last_observed_date)
    ) as faults_since
from dim_source
left join health on health.source_id = dim_source.source_id
where $source::text is null or dim_source.name = $source::text
order by source
