-- title: Posting rhythm
-- question: At which hour and weekday are stories posted?
-- grain: one weekday x local hour; articles of observed days with a time, null where no such weekday was seen
-- param: since date = none - first local day (none: 365 days up to `until`)
-- param: until date = none - last local day (none: last day looked at)
-- param: source text = none - one source only
-- chart: heat
-- x: hour
-- y: articles
-- series: weekday
with last_look as (
    select coalesce($until::date, max(date)) as until_date from fact_source_day where observed
),

looked as (
    select fact_source_day.source_id, fact_source_day.date
    from fact_source_day
    join dim_source on dim_source.source_id = fact_source_day.source_id
    join last_look
        on
            fact_source_day.date
            between coalesce($since::date, last_look.until_date - 364) and last_look.until_date
    where fact_source_day.observed and ($source::text is null or dim_source.name = $source::text)
),

weekdays as (
    select isodow(date) as number, count(*) as observed_days from looked group by isodow(date)
),

counts as (
    select
        isodow(fact_article.posted_local) as weekday,
        hour(fact_article.posted_local) as hour,
        count(*) as articles
    from fact_article
    join looked on looked.source_id = fact_article.source_id and looked.date = fact_article.posted_date
    where
        fact_article.posted_precision in ('instant', 'minute')
        and fact_article.posted_date between (select min(date) from looked) and (select max(date) from looked)
    group by all
)

select
    ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][days.number] as weekday,
    hours.hour,
    case when weekdays.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
    round(coalesce(counts.articles, 0) / weekdays.observed_days, 4) as per_observed_day,
    coalesce(weekdays.observed_days, 0) as observed_days
from range(1, 8) as days(number)
cross join range(0, 24) as hours(hour)
left join weekdays on weekdays.number = days.number
left join counts on counts.weekday = days.number and counts.hour = hours.hour
where exists (select 1 from looked)
order by days.number, hours.hour
