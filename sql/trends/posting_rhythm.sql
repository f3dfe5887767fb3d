-- title: Posting rhythm
-- question: At which hours and weekdays are stories posted?
-- grain: one weekday x local hour; articles of observed days with a known time, null where no such weekday was observed
-- param: since date = none - first local day (none: 365 days up to `until`)
-- param: until date = none - last local day (none: last observed day)
-- param: source text = none - only this source
-- chart: heat
-- x: hour
-- y: articles
-- series: weekday
with weekdays as (
    select isodow(observed.date) as weekday, count(*) as observed_days
    from observed_source_days($since::date, $until::date, 365) as observed
    join selected_sources($source::text) as source on source.source_id = observed.source_id
    group by weekday
),

counts as (
    select isodow(posted_local) as weekday, hour(posted_local) as hour, count(*) as articles
    from observed_articles($since::date, $until::date, 365, $source::text)
    where posted_precision in ('instant', 'minute')
    group by all
)

select
    ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][days.number] as weekday,
    hours.hour,
    case when weekdays.observed_days > 0 then coalesce(counts.articles, 0) end as articles,
    round(coalesce(counts.articles, 0) / weekdays.observed_days, 4) as per_observed_day,
    coalesce(weekdays.observed_days, 0) as observed_days
from range(1, 8) as days (number)
cross join range(0, 24) as hours (hour)
left join weekdays on weekdays.weekday = days.number
left join counts on counts.weekday = days.number and counts.hour = hours.hour
where exists (select 1 from weekdays)
order by days.number, hours.hour
