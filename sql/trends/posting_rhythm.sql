-- title: Posting rhythm
-- question: At which hours and weekdays are stories posted?
-- grain: one weekday x local hour; articles with a known time, null where none are and no such weekday was observed
-- range: 365 days
-- known: counted
-- needs: articles with a day of posting
-- param: since date = none - first local day (none: 365 days up to `until`)
-- param: until date = none - last local day (none: last observed day, else last posted)
-- param: source text = none - only this source
-- chart: heat
-- x: hour
-- y: articles
-- series: weekday
-- heading: hour = local hour
-- heading: per_day = articles a day
with weekdays as (
    select isodow(date) as weekday, count(*) as days, count(*) filter (where observed) as observed_days
    from compared_source_days($since::date, $until::date, $source::text, $with_known::boolean)
    group by weekday
),

counts as (
    select isodow(posted_local) as weekday, hour(posted_local) as hour, count(*) as articles
    from fact_article
    where
        posted_date between $since::date and $until::date
        and posted_precision in ('instant', 'minute')
        and ($source::text is null or source_id = (select source_id from dim_source where name = $source::text))
    group by all
)

select
    ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][days.number] as weekday,
    hours.hour,
    coalesce(counts.articles, if(weekdays.observed_days > 0, 0, null)) as articles,
    round(coalesce(counts.articles, 0) / weekdays.days, 4) as per_day,
    coalesce(weekdays.days, 0) as days,
    coalesce(weekdays.observed_days, 0) as observed_days
from range(1, 8) as days (number)
cross join range(0, 24) as hours (hour)
left join weekdays on weekdays.weekday = days.number
left join counts on counts.weekday = days.number and counts.hour = hours.hour
where exists (select 1 from weekdays)
order by days.number, hours.hour
