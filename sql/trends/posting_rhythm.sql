-- title: Posting rhythm
-- question: At which hour and weekday are stories posted?
-- grain: one weekday (1 Monday) x local hour with a posted time finer than a day; hours without articles are 0
-- param: since date = none - first local day (none: all)
-- param: until date = none - last local day (none: all)
-- param: source text = none - one source only
-- chart: heat
-- x: hour
-- y: articles
-- series: weekday
with articles as (
    select
        isodow(fact_article.posted_local) as weekday,
        hour(fact_article.posted_local) as hour
    from fact_article
    join dim_source on dim_source.source_id = fact_article.source_id
    where
        fact_article.posted_precision in ('instant', 'minute')
        and fact_article.posted_local is not null
        and ($source::text is null or dim_source.name = $source::text)
        and ($since::date is null or fact_article.posted_date >= $since::date)
        and ($until::date is null or fact_article.posted_date <= $until::date)
),

slots as (
    select
        weekdays.weekday,
        hours.hour
    from range(1, 8) as weekdays(weekday)
    cross join range(0, 24) as hours(hour)
    where exists (select 1 from articles)
)

select
    slots.weekday,
    slots.hour,
    (select count(*) from articles where articles.weekday = slots.weekday and articles.hour = slots.hour) as articles
from slots
order by slots.weekday, slots.hour
