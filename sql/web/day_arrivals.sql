-- Returns the new articles of all sources by day, up to the day $day; null where none was observed.
-- grain: one of the $days days up to $day
-- reads: dim_date, fact_source_day
select
    dim_date.date as period,
    sum(day.new_articles) filter (where day.observed)::bigint as new_articles,
    sum(day.changed_articles) filter (where day.observed)::bigint as changed_articles,
    count(*) filter (where day.observed) as observed_sources,
    count(day.source_id) as sources
from dim_date
left join fact_source_day as day on day.date = dim_date.date
where dim_date.date between $day::date - ($days::integer - 1) and $day::date
group by dim_date.date
order by dim_date.date
