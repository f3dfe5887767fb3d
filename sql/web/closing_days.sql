-- Returns closed organizations by day beside the lowest feels-like temperature at the sources' own towns.
-- grain: one of the $days days up to $until with a closings list; degrees F
-- reads: dim_date, dim_source, fact_closing, fact_closing_poll, source_weather()
with polled as (
    select distinct timezone(coalesce(source.zone, 'UTC'), poll.polled_at)::date as date
    from fact_closing_poll as poll
    join dim_source as source on source.source_id = poll.source_id
    where poll.state in ('populated', 'empty')
),

closed as (
    select effective_date as date, count(distinct organisation_id) as organizations
    from fact_closing
    group by effective_date
),

cold as (
    select date, min(coalesce(min_feels_like_f, min_temp_f)) as min_feels_like_f, max(precip_in) as precip_in
    from source_weather(null)
    group by date
)

select
    dim_date.date as period,
    case when polled.date is not null or closed.organizations > 0 then coalesce(closed.organizations, 0) end
        as organizations,
    cold.min_feels_like_f, cold.precip_in
from dim_date
left join polled on polled.date = dim_date.date
left join closed on closed.date = dim_date.date
left join cold on cold.date = dim_date.date
where dim_date.date between $until::date - ($days::integer - 1) and $until::date
order by dim_date.date
