-- Finds weekdays of the last 14 days, without the last one, on which a source was observed but brought no new article
-- although its median is three or more.
-- level: warn
-- reads: fact_source_day
with last_day as (
    select max(date) as date from fact_source_day
),

weekdays as (
    select
        fact_source_day.source_id, fact_source_day.date, fact_source_day.new_articles,
        median(fact_source_day.new_articles) over (
            partition by fact_source_day.source_id
            order by fact_source_day.date
            range between interval 28 day preceding and interval 1 day preceding
        ) as usual
    from fact_source_day
    cross join last_day
    where
        fact_source_day.observed
        and isodow(fact_source_day.date) <= 5
        and fact_source_day.date between last_day.date - 42 and last_day.date - 1
)

select weekdays.source_id, weekdays.date, weekdays.usual
from weekdays
cross join last_day
where weekdays.new_articles = 0 and weekdays.usual >= 3 and weekdays.date >= last_day.date - 14;
