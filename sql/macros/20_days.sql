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

-- Local days of a range on which topics are compared: those without their sources, less the days on which the tags of a
-- source had collapsed.
-- grain: one day; sources is how many sources were observed, or covered, and had tags
create or replace temp macro compared_days(since, until, source_name, with_known) as table
    select date, tagging_sources as sources
    from agg_day
    where not with_known and source_name is null and tagging_sources > 0 and date between since and until
    union all
    select compared.date, count(*)
    from compared_source_days(since, until, source_name, with_known) as compared
    anti join agg_untagged_day as untagged on untagged.source_id = compared.source_id and untagged.date = compared.date
    where with_known or source_name is not null
    group by compared.date;

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

-- Local days of a range as topics see them, of the named source or over all sources when the name is null: a day on
-- which the tags of a source had collapsed was not observed.
-- grain: one day; articles are those of days with tags, all_articles those of all days
create or replace temp macro topic_days(since, until, source_name) as table
    select
        date, tagging_sources > 0 as observed, tagging_articles as articles, articles as all_articles, tagged_articles
    from agg_day
    where source_name is null and date between since and until
    union all
    select
        seen.date, bool_or(seen.observed and untagged.date is null) as observed,
        (sum(seen.articles) filter (where untagged.date is null))::integer as articles,
        sum(seen.articles)::integer as all_articles, sum(seen.tagged_articles)::integer as tagged_articles
    from (
        select source_id, date, observed, 0 as articles, 0 as tagged_articles from fact_source_day
        union all
        select source_id, date, false, articles, tagged_articles from agg_tag_coverage
    ) as seen
    left join agg_untagged_day as untagged on untagged.source_id = seen.source_id and untagged.date = seen.date
    where
        source_name is not null
        and seen.date between since and until
        and seen.source_id = (select source_id from dim_source where name = source_name)
    group by seen.date;

-- The days, weeks or months of a range with their days as topics see them.
-- grain: one period; tag_coverage is the share of all articles that have tags, null without articles
create or replace temp macro topic_periods(since, until, by_period, source_name) as table
    -- Grouped by a timestamp: by a date, DuckDB keeps a state for every possible day, which takes four times as long.
    select
        period::date as period, days, observed_days, articles::bigint as articles,
        round(tagged_articles / nullif(all_articles, 0), 4) as tag_coverage
    from (
        select
            date_trunc(by_period, dim_date.date::timestamp) as period,
            count(*) as days,
            count(*) filter (where day.observed) as observed_days,
            sum(day.articles) as articles,
            sum(day.tagged_articles) as tagged_articles,
            sum(day.all_articles) as all_articles
        from dim_date
        left join topic_days(since, until, source_name) as day on day.date = dim_date.date
        where dim_date.date between since and until
        group by period
    );
