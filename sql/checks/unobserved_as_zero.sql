-- Finds source days whose flag `observed` contradicts the number of listing exchanges, and days with exchanges but
-- without a row.
-- level: fail
-- reads: dim_source, fact_fetch, fact_source_day, first_unchecked_fetch()
with fresh as (
    select
        fact_fetch.source_id, timezone(coalesce(dim_source.zone, 'UTC'), fact_fetch.requested_at)::date as date
    from fact_fetch
    join dim_source on dim_source.source_id = fact_fetch.source_id
    where
        fact_fetch.fetch_id >= first_unchecked_fetch('unobserved_as_zero')
        and fact_fetch.requested_at is not null
        -- Services of weather history have no source days.
        and fact_fetch.source_id not in (
            select source_id
            from fact_fetch
            where
                fetch_id >= first_unchecked_fetch('unobserved_as_zero') and purpose in ('history', 'file_list')
        )
    group by all
)

select source_id, date, 'observed without an exchange' as fault
from fact_source_day
where observed and channel_reads = 0
union all
select source_id, date, 'exchanges, but not observed'
from fact_source_day
where not observed and channel_reads > 0
union all
select fresh.source_id, fresh.date, 'exchanges, but no row for the day'
from fresh
left join fact_source_day
    on fact_source_day.source_id = fresh.source_id and fact_source_day.date = fresh.date
where fact_source_day.source_id is null;
