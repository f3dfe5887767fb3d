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
        and source_id = (select source_id from dim_source where name = source_name);

-- Local days of a range on which a source was observed or, without that, has known articles.
-- grain: one source x day
create or replace temp macro covered_source_days(since, until, source_name) as table
    select source_id, date, bool_or(observed) as observed
    from (
        select source_id, date, true as observed
        from fact_source_day
        where observed and date between since and until
        union all
        select source_id, posted_date, false
        from agg_article_day
        where posted_date between since and until
    )
    where source_name is null or source_id = (select source_id from dim_source where name = source_name)
    group by source_id, date;

-- Local days of a range on which the named source, or any source when the name is null, was observed or has known
-- articles.
-- grain: one day
create or replace temp macro covered_days(since, until, source_name) as table
    select date
    from agg_day
    where source_name is null and (observed_sources > 0 or articles > 0) and date between since and until
    union all
    select date
    from covered_source_days(since, until, source_name)
    where source_name is not null;

-- Local days of a range that are compared: the observed ones or, with `with_known`, all covered ones.
-- grain: one source x day
create or replace temp macro compared_source_days(since, until, source_name, with_known) as table
    select source_id, date, observed
    from fact_source_day
    where
        not with_known
        and observed
        and date between since and until
        and (source_name is null or source_id = (select source_id from dim_source where name = source_name))
    union all
    select source_id, date, observed
    from covered_source_days(since, until, source_name)
    where with_known;

-- The same days without their sources.
-- grain: one day; sources is how many sources were observed, or covered
create or replace temp macro compared_days(since, until, source_name, with_known) as table
    select date, sources
    from observed_days(source_name)
    where not with_known and date between since and until
    union all
    select date, count(*)
    from covered_source_days(since, until, source_name)
    where with_known
    group by date;

-- The days, weeks or months of a range, with how many of their days the source (null: any source) was observed.
-- grain: one period
create or replace temp macro periods(since, until, by_period, source_name) as table
    select
        date_trunc(by_period, dim_date.date)::date as period,
        count(*) as days,
        count(observed.date) as observed_days
    from dim_date
    left join observed_days(source_name) as observed on observed.date = dim_date.date
    where dim_date.date between since and until
    group by all;
