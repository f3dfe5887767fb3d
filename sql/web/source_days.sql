-- Returns the ledger of one source by day up to $until; null where it was not observed.
-- grain: one of the $days days up to $until
-- reads: dim_date, source_days
select
    dim_date.date as period,
    case when day.observed then day.new_articles end as new_articles,
    case when day.observed then day.changed_articles end as changed_articles,
    day.channel_reads, day.good_runs, day.refused, day.failed,
    coalesce(day.observed, false) as observed
from dim_date
left join source_days as day on day.date = dim_date.date and day.source = $name::text
where dim_date.date between $until::date - ($days::integer - 1) and $until::date
order by dim_date.date
