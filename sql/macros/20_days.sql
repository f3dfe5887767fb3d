-- First and last day of a range, and the same range as UTC instants (until_at is exclusive). `until` defaults to
-- `last_date`, `since` to the day that makes the range `days` long.
-- grain: one row
create or replace temp macro day_range(since, until, days, last_date) as table
    select
        until_date,
        coalesce(since, until_date - (days - 1)) as since_date,
        timezone('UTC', since_date::timestamp) as since_at,
        timezone('UTC', (until_date + 1)::timestamp) as until_at
    from (select coalesce(until, last_date) as until_date);

-- A range that was passed to a macro as one value, a struct with since_date and until_date.
-- grain: one row
create or replace temp macro range_of(days) as table
    select passed.since_date, passed.until_date
    from (select days as passed);

-- First and last day of a long chart. `since` defaults to the first day in the ledger of fetches, but by day to at most
-- 90 days and by week to 104 weeks before the last one. With `backfilled`, posted days count where the ledger has none.
-- grain: one row
create or replace temp macro history_range(since, until, by_period, source_name, backfilled) as table
    select
        coalesce(until, max(date) filter (where in_ledger), max(date)) as until_date,
        coalesce(
            since,
            greatest(
                coalesce(min(date) filter (where in_ledger), min(date)),
                case by_period when 'day' then until_date - 89 when 'week' then until_date - 727 end
            )
        ) as since_date
    from (
        select date, sources > 0 as in_ledger
        from agg_day
        where source_name is null
        union all
        select date, true
        from fact_source_day
        where source_name is not null and source_id in (select source_id from dim_source where name = source_name)
        union all
        select posted_date, false
        from agg_article_day
        where source_name is not null and source_id in (select source_id from dim_source where name = source_name)
    )
    where in_ledger or backfilled;

-- Local days on which the named source was observed, or any source when the name is null.
-- grain: one day; sources is how many of them were observed
create or replace temp macro observed_days(source_name) as table
    select date, observed_sources as sources
    from agg_day
    where source_name is null and observed_sources > 0
    union all
    select date, 1
    from fact_source_day
    where
        source_name is not null
        and observed
        and source_id in (select source_id from dim_source where name = source_name);

-- A day_range that ends by default on the last observed day of the named source (null: of any source).
-- grain: one row
create or replace temp macro observed_range(since, until, days, source_name) as table
    from day_range(since, until, days, (select max(date) from observed_days(source_name)));

-- Observed local days of every source in a range that ends by default on the last observed day of any source.
-- grain: one source x day
create or replace temp macro observed_source_days(since, until, days) as table
    select observed.source_id, observed.date
    from fact_source_day as observed
    join
        observed_range(since, until, days, null) as range
        on observed.date between range.since_date and range.until_date
    where observed.observed;

-- The days, weeks or months of a range, with how many of their days the source (null: any source) was observed.
-- grain: one period
create or replace temp macro periods(days, by_period, source_name) as table
    select
        date_trunc(by_period, dim_date.date)::date as period,
        count(*) as days,
        count(observed.date) as observed_days
    from dim_date
    join range_of(days) as range on dim_date.date between range.since_date and range.until_date
    left join observed_days(source_name) as observed on observed.date = dim_date.date
    group by all;
