-- Returns the weather at the own towns of the sources by day, week or month; null where nothing was read.
-- grain: one period of $by from $since to $until; mean of the days' lowest and of their highest temperature (°F), sum
--     of the days' precipitation (in), each a mean over the towns; `days` have a reading
-- reads: dim_date, source_weather()
with days as (
    select
        date, avg(min_temp_f) as min_temp_f, avg(max_temp_f) as max_temp_f, avg(precip_in) as precip_in
    from source_weather($source::text)
    where date between $since::date and $until::date
    group by date
)

select
    date_trunc($by::text, dim_date.date)::date as period,
    round(avg(days.min_temp_f), 1) as min_temp_f,
    round(avg(days.max_temp_f), 1) as max_temp_f,
    round(sum(days.precip_in), 2) as precip_in,
    count(days.date) as days
from dim_date
left join days on days.date = dim_date.date
where dim_date.date between $since::date and $until::date
group by all
order by period
